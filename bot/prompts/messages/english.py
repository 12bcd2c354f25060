"""Findings and fixes in English."""

from __future__ import annotations

PARTS = {
    "style": "style",
    "accompaniment": "accompaniment",
    "emotion": "emotion",
    "rhythm": "rhythm style",
    "rhyme": "rhyme",
    "instrument": "instrument",
    "genre": "genre",
    "scene": "scene",
    "subject": "subject",
    "movement": "movement",
    "audio": "sound",
}

MESSAGES = {
    "V001": (
        "The voice {voice} has no character. Write who speaks in front of it, for example [Museum guide@{voice}]."
    ),
    "V002": (
        "{first} and {second} both use the voice {voice} and would sound the same. Choose another voice for {second}."
    ),
    "V003": "The voice {voice} is in the wrong place. It belongs right behind the character's name: [Name@{voice}].",
    "V003.target": "The voice {voice} is in the wrong place. It belongs right behind the name: [{label}@{voice}].",
    "V004": "The voice {voice} stands inside the spoken line. Move it behind the name: [{label}@{voice}].",
    "V005": (
        "{label} has the voice {voice} but possibly never speaks. Remove the voice, or give {label} a line "
        "in quotation marks."
    ),
    "V006.sex": "The voice {voice} possibly does not fit {label}: one is described as male, the other as female.",
    "V006.age": "The voice {voice} possibly does not fit {label}: the ages differ.",
    "V006.timbre": "The voice {voice} possibly does not fit {label}: one is described as deep, the other as high.",
    "V007": "{count} characters have a bound voice; two is the limit. Turn the voice of {labels} into a description.",
    "V008": (
        "Bound voices such as {voice} work only when the clip starts from an image. Attach an image, or "
        "describe the voice in words."
    ),
    "V009": (
        "The voice {voice} cannot be heard because native audio is off. Switch native audio on (professional mode)."
    ),
    "V009.standard": (
        "The voice {voice} needs native audio, which standard mode does not have. Switch to professional "
        "mode with audio."
    ),
    "V010": "There is no voice named {voice}. Pick one from the voice list.",
    "V010.close": "There is no voice named {voice}. Did you mean {close}?",
    "V010.several": "Several voices are named {voice}. Rename one of them so that the name is clear.",
    "V011": "{label} sings with the bound voice {voice}. Bound voices stay less consistent in song.",
    "V012": "{label} is bound to two voices, {first} and {second}. Keep one of them.",
    "D001": '"{pronoun}" leaves open who speaks. Write the label instead, for example [{label}].',
    "D001.action": '"{pronoun}" leaves open who acts when there are several characters. Repeat the label instead.',
    "D002": "[{label}] and [{other}] are possibly the same person. Use one label for one character.",
    "D002.spelling": "[{other}] is [{label}] in another spelling. Spell a label the same way everywhere.",
    "D002.shared": "[{label}] possibly stands for two different persons. Give each character a label of its own.",
    "D003": (
        "Nothing says that the speaker changes from {first} to {second}. Begin the turn with a word such as "
        "Immediately or Then."
    ),
    "D004": "Nothing says how {label} sounds. Add a voice or an emotion, for example [{label}, warm low voice].",
    "D004.same": "{label} and {other} have the same voice description. Give each one a voice of its own.",
    "D005": (
        "Possibly nothing is seen before {label} speaks. First describe what they do: an action ties the "
        "voice to the right person."
    ),
    "D006": (
        "{label} possibly speaks without a label. With several persons, put each speaker in square brackets: [{label}]."
    ),
    "D007": (
        "{label} speaks, but no words are given, so the model invents them. Put the exact words in quotation marks."
    ),
    "D007.words": "Put the words of {label} in quotation marks so that they are spoken exactly.",
    "D008": "This line has no closing quotation mark.",
    "D008.opening": "This line has no opening quotation mark.",
    "D009": (
        "{count} characters speak in one clip ({labels}). More than two may sound mixed up; split the scene "
        "into several clips."
    ),
    "D010": "{label} speak at the same time here. Let them speak one after the other.",
    "D010.prose": "Several people speak at the same time here. Let them speak one after the other.",
    "L001": "This line is neither Chinese nor English. The voice will speak an English translation of it.",
    "L001.named": (
        "This line is in {language}. The voice will speak an English translation; only Chinese and English "
        "are spoken as written."
    ),
    "L002": "Write {words} in lower case; capitals are for acronyms and names.",
    "A001": "{count} sounds at once ({sounds}) are a lot. Keep the two or three that matter most.",
    "A001.talk": "Two speakers and {count} other sounds ({sounds}) are a lot. Keep one background sound or music.",
    "A002": "Audio is on, but the prompt names nothing to hear. Add a sound, or switch audio off and pay less.",
    "A003": (
        "It is possibly unclear what makes this sound and when. Name it, for example: a heavy gate swings "
        "shut with a clang."
    ),
    "A004": "The song leaves open: {missing}. A song comes out best with style, accompaniment and emotion.",
    "A005": "The rap leaves open: {missing}. A rap comes out best with a rhythm style, an emotion and rhymes.",
    "A006": "The music leaves open: {missing}. Name instrument, genre and emotion.",
    "A007": '"{demand}" is more exact than the model can follow. Describe genre and mood instead.',
    "A008": 'Native audio is off, so "{what}" will not be heard. Switch audio on, or keep a silent clip.',
    "T001.sung": "Singing and rap need time: 10 seconds are recommended, and this clip has 5.",
    "T001.talk": "A dialogue needs time: 10 seconds are recommended, and this clip has 5.",
    "T002": "About {seconds} s of speech do not fit in a {length} s clip. Shorten the lines or split the scene.",
    "T002.longer": "About {seconds} s of speech do not fit in a {length} s clip. Choose 10 s or shorten the lines.",
    "P001": "This is very short. Say who it is, how they do it, where, and what is heard.",
    "P002": "The image and the text do not agree. Change one of them.",
    "P002.place": "The image possibly shows another place ({image}) than the text ({text}).",
    "P002.persons": "The image shows {image} person(s), but the text lets {text} persons appear.",
    "P002.framing": "The image is framed differently ({image}) from what the text asks for.",
    "P003": (
        "About {count} things happen one after the other. One place and one main action work best; split "
        "this into shots."
    ),
    "P003.events": "Many big events in one clip ({events}). Split them into shots.",
    "P004": "The prompt leaves open: {missing}. Scene, subject, movement, sound and style make a full prompt.",
    "P005": '"{words}": fast scene changes are hard for the model. One continuous shot works best.',
    "P006": (
        "The voice and the action of {label} possibly show opposite feelings. Let them agree, or say that it is irony."
    ),
    "C001": "A clip has 5 or 10 seconds, not {seconds}. The next possible length is {nearest} s.",
    "C002": "The ratio {ratio} does not exist; 16:9, 1:1 and 9:16 do. The nearest is {nearest}.",
    "C002.image": "With an image the clip takes the shape of the image; the ratio {ratio} is ignored.",
    "C003": "One request makes 1 to 4 clips, not {outputs}.",
    "C004": "Standard mode has no sound. Switch to professional mode, or switch audio off.",
    "C005.voices": "Bound voices need professional mode.",
    "C005.end_frame": "An end frame needs professional mode.",
    "C006.image": "The image is missing. Attach the image that the clip starts from.",
    "C006.motion_reference": "The motion reference is missing. Attach a reference video or pick a preset.",
    "S001": "The sample has {seconds} s; at least 5 s are needed.",
    "S001.long": "The sample has {seconds} s; at most 30 s are possible. Trim it.",
    "S002": "A sample in the format {format} is not accepted. Use mp3, wav, mp4 or mov.",
    "S003": "More than one person speaks in the sample. Use a recording of one person alone.",
    "S004": (
        "The sample is not clean: noise, strong emotion or an uneven pace become part of the voice. Record "
        "it in a quiet room."
    ),
    "S005": "The limit of {limit} voices is reached. Delete voices that are no longer used.",
    "S006": "No voice can be taken from this clip. Use a clip of Kling 2.6 that was made with native audio.",
    "S007": "The sample is in {language}; only Chinese and English samples work.",
    "S008": "Please confirm that the voice is your own or that you have permission to use it.",
    "M001": "The motion reference has {seconds} s; at least 3 s are needed.",
    "M001.long": "The motion reference has {seconds} s; at most {longest} s are possible. Trim it.",
    "M002.small": "The motion reference is too small: its short edge has {edge} pixels, at least 340 are needed.",
    "M002.large": "The motion reference is too large: its long edge has {edge} pixels, at most 3850 are possible.",
    "M003": (
        "The motion reference has cuts or a moving camera. The clip ends at the first cut; use one "
        "continuous shot from a fixed camera."
    ),
    "M004": (
        "The image and the motion reference show different parts of the body. Use full body with full body, "
        "half body with half body."
    ),
    "M005": "The movement in the reference is very fast. Moderate, steady movement works best.",
    "M006": "The motion reference must show exactly one person all the time.",
    "M007": "Something covers the body in the character image. Use an image in which the body is free.",
    "I001": "The image is small (short edge {edge} pixels). From 720 pixels on the clip gets sharper.",
    "W001": "The storyboard was not reviewed yet. Look at it first: changes are free now and cost credits later.",
    "W002": "Every shot uses the expensive mode. Abstract and transition shots look as good in the cheap one.",
    "fix.V001.move": "Tie the voice to the character",
    "fix.V001.placeholder": "Insert a label",
    "fix.V003.move": "Move the voice behind the name",
    "fix.V004.move": "Take the voice out of the line",
    "fix.V005.remove": "Remove the voice",
    "fix.V007.attributes": "Describe the surplus voices in words",
    "fix.V009.switch": "Switch to professional mode with audio (the price changes)",
    "fix.V010.spell": "Use the name from the voice list",
    "fix.D001.label": "Write the label",
    "fix.D002.unify": "Use one label",
    "fix.D003.marker": "Insert a change of speaker",
    "fix.D006.bracket": "Put the speaker in brackets",
    "fix.D007.quote": "Add quotation marks",
    "fix.D008.close": "Close the quotation",
    "fix.D008.open": "Open the quotation",
    "fix.D010.alone": "Give the line to one speaker",
    "fix.L002.lower": "Write in lower case",
    "fix.A002.silent": "Switch audio off (cheaper)",
    "fix.A008.audio": "Switch audio on (the price changes)",
    "fix.T001.ten": "Make it 10 s (the price doubles)",
    "fix.T002.ten": "Make it 10 s (the price doubles)",
    "fix.C001.seconds": "Use the next possible length (the price may change)",
    "fix.C002.ratio": "Use the nearest ratio",
    "fix.C002.drop_ratio": "Drop the ratio",
    "fix.C003.outputs": "Use the nearest number (the price changes)",
    "fix.C004.professional": "Switch to professional mode (the price changes)",
    "fix.C005.professional": "Switch to professional mode (the price changes)",
    "fix.M001.trim": "Trim the reference",
    "fix.M002.downscale": "Make the reference smaller",
}
