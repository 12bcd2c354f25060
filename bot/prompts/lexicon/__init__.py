"""Word lists of the prompt language, English and Chinese. Data only; `bot.prompts` says what the lists mean."""
