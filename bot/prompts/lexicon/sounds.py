"""Words for what is heard besides speech. Phrases match in every inflection; `bot.prompts.sounds` says how."""

# Chinese punctuation is data here.

from __future__ import annotations

from bot.prompts.lexicon.lists import phrases, word_set

#: Effects: something happens and is heard.
EFFECTS = phrases(
    """footstep, footfall, thunder, thunderclap, siren, alarm, shatter, glass break, clang, crackle, bubble, gurgle,
    knock, tapping, chew, munch, crunch, friction, rubbing, screech, whir, creak, squeak, click, clack, clatter,
    clink, splash, drip, sizzle, hiss, buzz, beep, ding, chime, ringing, ringtone, phone ring, bell ring, doorbell,
    bang, thud, thump, boom of, loud boom, sonic boom, explosion, explode, crash, slam, smash, snap of, rustle,
    scrape, scratching, whoosh, swoosh, roar, rumble, growl, barking, dog bark, meow, howl, neigh, moo, purring,
    quack, croak, applause, clapping, honk, horn blare, whistling, kettle whistle, train whistle, gunshot, gunfire,
    popping, fizz, sipping, slurp, gulp, pouring sound, typing, keystroke, jingle, hoofbeat, clop, flapping,
    ticking, tick of, tick-tock, swish, heartbeat, engine start, engine rev, engine roar, engine sound, engine
    noise, motor, shutter click, spraying sound, crumple, gear whir, metal clang, metal impact, braking, brake
    screech, tire screech, tyre screech, squeal of tire, sound effect, sfx, foley, zap, thwack, pluck of, plop,
    squelch, snip, chopping, slicing, sound of, clank, rattle, jangle, patter, pattering, crack of, cracking,
    snapping, thrum, drone of, warble, hoot, caw, cock-a-doodle, trample, bell toll, toll, church bell, tram bell,
    bicycle bell, bell, gong, horn, foghorn, laser, blast, splatter, trickle, pinging, pings, ping of, sonar ping,
    metallic ping, plip, plink, crinkle, chugging, chug, stomping, stomp, boots stomp, squealing, kettle shriek,
    kettle squeal, kettle scream, laughter, audience laugh, crowd laugh, class laugh, people laugh, everyone laugh,
    sneeze, cough, hiccup, snoring, snore, burp, cooing, fingertip drum, finger drum, telephone ring, church bell
    ring, church bell toll, tram bell ring, school bell ring, gavel, clatter of, tinkle, baby cry, baby cries, child
    cry, child cries, wailing, firecracker, jackhammer, chainsaw, lawn mower, helicopter sound, ring, rings, bark,
    dog whimper, puppy whimper, zipper, horse whinny, horse whinnies, bleat, rooster crow, cockerel crow, cluck,
    oink, engine revs, motorbike revs, car revs, clunk, balloon burst, bubble burst, applaud, crowd gasp, audience
    gasp, stairs groan, floorboard groan, hull groan, timber groan, hinge groan, hammer pound, squawk, alarm wail,
    siren wail, thunder rumble, thunder roll, thunder crack, helicopter blade, rotor blade, snap finger, hammer
    steel, hammer metal, hammer iron, hammer anvil, hammer nail, hammer strike, bellows wheeze, dog yelp, puppy
    yelp, thunk, clash of, sword clash, steel clash, blade clash, whip crack, cork pop, heavy breathing, panting,
    horse snort, dog snarl, slosh, glug, boing, twang, camera click, burst laugh, class giggle, children giggle, kid
    giggle, audience giggle, audience chuckle, children laugh, crew laugh, guest laugh, friend laugh, drill whine,
    saw whine, saw rasp, engine whine, turbine whine, motor whine, clock strike, sputter, drum roll, teeth chatter,
    rap door, rap table, rap desk, rap stand, rap window, rap lectern, rap podium, rap bench, rap gavel, rap
    knuckle, rap counter, velcro rips, door groan, gate groan, steel groan, metal groan, wood groan, groan of, judder,
    shudder of, train whoosh, train thunders, brakes grind, wheels grind, gears grind, grind to a halt"""
)
#: What hums and is no singer.
_HUMMING = word_set(
    """truck tractor drone boat motorboat ferry submarine car van bus tram train plane aircraft spaceship spacecraft
    starship hovercraft scooter motor generator transformer turbine pump boiler heater radiator reactor dynamo
    freezer cooler dishwasher dryer printer projector server console monitor screen amplifier speaker lamp light
    bulb oven tire tyre wheel microwave kettle aquarium hive substation laptop equipment appliance streetlight
    streetlights lights neon tube cable wire ventilator ventilation vent elevator escalator conveyor"""
)
#: Ambience: the place is heard.
AMBIENCE = tuple(f"{machine} hum" for machine in sorted(_HUMMING)) + phrases(
    """traffic noise, traffic, car flow, crowd murmur, crowd noise, crowd chatter, crowd cheer, murmur of, murmuring
    crowd, people murmur, audience murmur, passers-by murmur, room murmur, faint murmur, low murmur, distant murmur,
    newsroom murmur, café murmur, chatter, subway noise, train noise, construction noise, ocean wave, sea wave,
    surf, wave crash, wave lap, water lap, sea lap, wave roll, wave break, sound of wave, crashing wave, rolling
    wave, lapping wave, gentle wave, distant wave, bird chirp, birdsong, bird song, birds sing, bird call, chirp of
    bird, chirping, wind, breeze, rain, rainfall, raindrop, rainforest, downpour, storm, insect, cricket, cicada,
    fireplace, fire burn, wind howl, wind whistle, wind roar, wind rustle, rain patter, rain drum, crowd buzz, air
    conditioner hum, hum of, fridge hum, refrigerator hum, fluorescent hum, computer hum, room tone, ambience,
    ambient sound, ambient noise, ambient hum, soundscape, background noise, background chatter, background sound,
    street noise, street sound, city noise, city sound, urban noise, hubbub, hustle and bustle, bustle, library
    silence, echo, reverb, reverberation, waterfall, stream babble, babbling brook, brook, river flow, seagull, gull
    cry, gulls, white noise, café background music, cafe background music, crowd in the background, distant city,
    distant traffic, office noise, machine hum, market noise, night sound, nature sound, forest sound, jungle sound,
    leaves rustle, rustle of leaves, cheering crowd, crowd roar, people chat, muffled voice, distant voice, hail,
    hailstone, drizzle, bee hum, bees hum, insect hum, tape hiss, vinyl crackle, radio static, ship hum, engine
    drone, drone of engine, drone of jet, engine hum, low hum, constant hum, steady hum, distant rumble, silence in
    the library, sleet, blizzard, gale howl, stream burble, brook burble, brook gurgle, stream gurgle, fan hum, fans
    hum, bird twitter, pigeon coo, dove coo, river rush, waterfall thunder, static hiss, voices murmur, muffled
    crowd, distant crowd, tv murmur, television murmur, radio murmur, murmur fill, murmur ripple, murmur spread,
    murmur rise, whisper fill, whisper ripple, wave slap, wave pound, wave slam, wave batter, water slap, wave
    splash, studio hum, office hum, room hum, electric hum, electrical hum, mechanical hum, background hum, distant
    hum, faint hum, lawnmower drone, mower drone, cicada drone, traffic hum"""
)
#: Music: an accompaniment or a performance.
MUSIC = phrases(
    """music, bgm, song, melody, soundtrack, tune, drum beat, drumbeat, heavy beat, hip-hop beat, trap beat, boom bap,
    beat drop, bass line, bassline, guitar pluck, guitar solo, guitar riff, piano piece, piano note, piano chord,
    accompaniment, accompany by guitar, orchestra, symphony, sonata, concerto, jazz, blues, bossa nova, klezmer,
    techno, lo-fi, lofi, reggae, flamenco, waltz, ballad, anthem, lullaby, rock and roll, folk song, folk style, pop
    song, electronic music, synth, synthesizer, synthwave, funk, disco, swing music, soul music, gospel, brass band,
    drum band, string quartet, marching band, string section, strings swell, underscore, jingle tune, hip-hop, edm,
    fanfare, dubstep, instrumental, interlude, a cappella, strum, riff, arpeggio, ukulele tune, bossa, samba, tango,
    country song, heavy metal, punk rock, nocturne, prelude, etude, minuet, fugue, overture, serenade, aria,
    synth-pop, electro-pop, orchestral score, film score, electronic track, ambient track, electronic beat, drum and
    bass, strings in the background, piano theme, polka, fado, tarantella, mambo, rumba, ska, bluegrass, ragtime,
    mariachi, sea shanty, shanty, electronic swell, orchestral swell, string swell, ominous string, pizzicato
    string, tense string, string play, swelling string, jazz trio, choral music, theme tune, gentle string, soft
    string, warm string, lush string, sweeping string, mournful string, cinematic string, orchestral string,
    dramatic string, strings rise, strings fade, 808 bass, 808 beat, sub bass, heavy bass, bass drop, bass thump,
    bass pulse, bass kick, choir hum, trumpet blare, harmonica wail, jingle play, signature jingle, radio jingle,
    brand jingle, advertising jingle, broadcast theme, news theme, opening theme, closing theme, ambient string, faint
    string, low string, sparse string"""
)
#: Instruments are heard where somebody plays them or the sentence is about music.
INSTRUMENTS = phrases(
    """guitar, piano, violin, cello, viola, flute, clarinet, oboe, saxophone, sax, trumpet, trombone, tuba, drum,
    bass, harp, banjo, mandolin, ukulele, accordion, harmonica, organ, keyboard, xylophone, marimba, tambourine,
    cymbal, bagpipe, fiddle, lute, sitar, erhu, guzheng, pipa, kora, handpan, bongo, double bass, snare,
    synthesizer, koto, shamisen, balalaika, bandoneon, vibraphone, glockenspiel, celesta, zither, pianist,
    guitarist, violinist, cellist, drummer, flutist, saxophonist, organist, harpist, trumpeter, kalimba, mbira,
    harpsichord, bassoon, piccolo, dulcimer, lyre, ocarina, theremin, tabla, djembe, taiko, didgeridoo, steelpan,
    concertina, oud, hurdy-gurdy"""
)
#: Words that make an instrument heard.
PLAYING = word_set(
    """sad tender melancholic mournful cheerful upbeat dramatic wistful pop country electronic play plays played
    playing player strum strums strumming pluck plucks plucking plucked accompany accompanied accompanies
    accompaniment melody music musical solo riff riffs chord chords tune tunes sing sings singing song note
    notes bow bowed bows bowing arpeggio beat rhythm rhythmic perform performs performing concert backed backing
    jam jams jamming ballad jazz blues klezmer folk classical rock style duet trio
    quartet soundtrack instrumental swell swells soft gentle track riffs improvises improvise hits tremolo
    crescendo lonely muted mellow smoky"""
)
#: Words that make the picture quiet: what follows them is not heard.
NEGATIONS = word_set(
    """no without never not lacking absent minus zero mute muted don't doesn't isn't aren't avoid nor neither exclude
    excluding remove"""
)
#: Words that negate what follows their `of`.
NEGATIONS_WITH_OF = word_set("free instead")
#: Inflections that share a stem with a sound and mean something else where they stand alone.
SILENT_WORDS = word_set(
    """pop cracked winding surfing surfer surfers storming stormed bangs tuned tunes brooks echoed belle chimed-in
    horned drizzling drizzles drizzled pant pants panted tape tapes taped hailed hails hailing toll"""
)
#: Words that are things as often as sounds: heard only with one of these before them in their sentence.
HEARD_BEHIND: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("ring", "rings"),
        word_set(
            """bell bells phone phones telephone telephones doorbell doorbells alarm alarms clock timer chime chimes
            register anvil gong gongs hammer hammers blade blades sword swords glass glasses it"""
        ),
    ),
    "bark": word_set("""dog dogs dog's hound hounds puppy puppies fox foxes seal seals terrier terriers wolf wolves"""),
}
#: Compounds and uses in which a sound word names something that is not heard.
SILENT_COMPOUNDS: dict[str, frozenset[str]] = {
    "pop": word_set("""style song songs music vocals vocal ballad anthem star tune culture up art quiz melody"""),
    "rain": word_set("coat jacket boots hat gear cloud clouds"),
    "wind": word_set(
        "a the through around along its her his turbine turbines tunnel chime chimes farm breaker up instruments"
    ),
    "bell": word_set("pepper peppers tower jar bottoms bottom"),
    "alarm": word_set("clock"),
    "horn": word_set("rimmed glasses"),
    "drum": word_set("kit set"),
    "click": word_set("here"),
    "fire": word_set("place escape truck"),
    "hail": word_set("the a to from mary"),
    "thunder": word_set("god"),
    "rub": word_set("his her their its my chin jaw eyes hands temples shoulders"),
    "traffic": word_set("light lights sign signs cone cones jam"),
    "storm": word_set("trooper troopers"),
    "toll": word_set("booth booths gate gates road roads bridge plaza"),
}

#: What shows a thing without its sound: `a shirt with a thunder logo`.
PICTURES = word_set("logo emblem print pattern poster sticker tattoo painting drawing mural icon statue sculpture")
#: Words that make the Chinese picture quiet.
CHINESE_NEGATIONS = ("没有", "无需", "不要", "不含", "不带", "去掉", "禁止", "无(?!线)")
