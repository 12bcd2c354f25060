"""Words for persons and other speakers, with what they say about sex and age."""

from __future__ import annotations

from bot.prompts.lexicon.lists import phrases, word_set

#: Nouns that name a sex in themselves. A form for women, such as `hostess`, does not make the other one male.
FEMALE = word_set(
    """woman women girl girls lady ladies mother mothers mom mum mommy mummy grandmother grandma granny nana aunt
    auntie sister sisters daughter daughters wife widow bride queen princess actress waitress hostess heroine
    goddess witch nun madam madame miss mrs ms female she her hers songstress diva soprano mezzo alto contralto
    businesswoman policewoman saleswoman spokeswoman anchorwoman stewardess maid housewife girlfriend niece
    empress duchess schoolgirl ballerina matron seamstress fisherwoman grandmotherly feminine womanly motherly
    girlish maternal granddaughter stepmother noblewoman sorceress headmistress landlady baroness maiden cowgirl
    chairwoman heiress priestess weatherwoman spacewoman"""
)
MALE = word_set(
    """man men boy boys gentleman gentlemen guy guys father fathers dad daddy papa grandfather grandpa granddad
    uncle brother brothers son sons husband widower groom king prince monk sir
    mr male he his him baritone tenor bass businessman policeman salesman spokesman anchorman boyfriend nephew
    emperor duke schoolboy fisherman fireman cowboy lad bloke dude masculine manly fatherly boyish
    paternal postman milkman repairman craftsman cameraman doorman grandson stepfather nobleman caveman weatherman
    stuntman headmaster lord baron sorcerer godfather"""
)
YOUNG = word_set(
    """child children kid kids boy girl toddler toddlers baby infant teen teens teenager teenagers teenage
    schoolboy schoolgirl youngster lad pupil childlike childish boyish girlish youthful young"""
)
CHILD = word_set(
    """child children kid kids toddler toddlers baby infant schoolboy schoolgirl childlike childish boyish girlish
    little boy girl pupil"""
)
OLD = word_set(
    """old elderly aged ancient senior grandmother grandma granny grandfather grandpa granddad nana elder pensioner
    wrinkled weathered grey-haired gray-haired white-haired"""
)
ADULT = word_set(
    """man men woman women gentleman lady father mother husband wife businessman businesswoman adult grown-up
    middle-aged policeman policewoman soldier judge professor doctor"""
)

#: Nouns for persons that say nothing about sex.
_NEUTRAL = word_set(
    """person people child children kid kids toddler baby teen teenager teenagers student students pupil teacher
    teachers professor doctor doctors nurse nurses surgeon dentist vet scientist researcher engineer pilot captain
    officer soldier soldiers guard guards detective agent spy police cop sheriff judge lawyer attorney clerk cashier
    customer customers client clients visitor visitors tourist tourists guide guides host hosts presenter anchor
    reporter reporters journalist interviewer interviewee guest guests speaker speakers narrator commentator
    announcer streamer vlogger blogger influencer youtuber podcaster creator model dancer dancers singer singers
    rapper rappers musician musicians guitarist pianist violinist drummer cellist flutist saxophonist busker band
    choir chorus performer performers comedian comic clown magician actor actors director chef cook cooks baker
    barista bartender waiter waitress server vendor seller shopkeeper merchant farmer fisherman shepherd gardener
    mechanic carpenter builder worker workers plumber electrician tailor barber hairdresser artist painter sculptor
    writer poet author photographer librarian archivist curator coach trainer athlete player players runner boxer
    swimmer climber astronaut cosmonaut robot android alien cyborg knight warrior pirate thief robber villain hero
    wizard witch ghost vampire zombie angel demon king queen prince princess emperor elder elders neighbor neighbour
    neighbors neighbours friend friends partner partners colleague colleagues boss manager employee employees
    assistant secretary intern driver passenger passengers sailor skipper rider traveler traveller monk nun priest
    pastor mayor president senator minister politician candidate ceo founder entrepreneur salesperson spokesperson
    expert host couple twins twin sibling siblings parent parents grandparent family fans fan audience crowd patient
    patients witness suspect inventor explorer hiker hunter ranger lifeguard firefighter paramedic courier hermit
    apprentice master mentor servant butler maid neighbor stranger youth adult character figure voice mc emcee dj
    conductor bard mum dad groom bride bridesmaid caretaker janitor porter usher umpire referee mascot puppet doll
    snowman fairy elf dwarf goblin troll ogre giant dragon mermaid skeleton sailors pirates knights monks nuns
    villagers warriors robots aliens ghosts zombies wizards witches elves dwarves fairies goblins trolls giants
    dragons farmers miners hunters hikers climbers astronauts scientists engineers detectives thieves robbers clowns
    servants pilots swimmers boxers athletes commentators announcers neighbors firefighters painters waitresses
    priests strangers youths characters trucker hacker hitchhiker lumberjack blacksmith bricklayer welder roofer
    surfer skater skateboarder cyclist biker jogger rower wrestler gymnast goalkeeper goalie quarterback referee
    gamer programmer coder developer designer architect accountant banker consultant auctioneer bidder juror
    prosecutor defendant bailiff inmate prisoner warden convict gangster mobster assassin smuggler diplomat
    ambassador colonel lieutenant sergeant commander admiral cadet recruit sniper archer squire jester minstrel
    troubadour peasant villager sultan shaman druid mage warlock oracle prophet viking samurai ninja gladiator
    centurion pharaoh cavewoman werewolf droid mutant superhero sidekick gnome imp genie leprechaun chemist
    biologist physicist botanist geologist archaeologist historian philosopher mathematician economist psychologist
    psychiatrist therapist pharmacist midwife optician veterinarian zookeeper beekeeper butcher fishmonger
    greengrocer florist jeweller jeweler watchmaker clockmaker goldsmith potter weaver glassblower sommelier bouncer
    valet concierge receptionist chauffeur cabbie stationmaster dispatcher astronomer filmmaker producer editor
    cinematographer illustrator animator cartoonist composer songwriter vocalist beatboxer trumpeter harpist
    organist bassist violist storyteller novelist columnist correspondent newscaster newsreader broadcaster lecturer
    tutor freshman roommate classmate classmates teammate teammates flatmate coworker coworkers co-worker supervisor
    foreman shopper bystander bystanders onlooker onlookers passer-by passers-by passerby pedestrian commuter
    commuters backpacker camper campers nomad settler prospector miner trapper angler diver skier snowboarder
    mountaineer cousin cousins orphan newborn retiree pensioner instructor attendant steward crewman operator
    technician inspector investigator constable deputy bandit outlaw gunslinger rancher chairman monster beast
    creature spirit phantom owner landlord tenant resident activist protester volunteer preacher bishop pope rabbi
    imam cardinal librarians accountants designers truckers cyclists gamers prisoners lovers lover grandmaster
    winemaker toymaker dressmaker mapmaker cabinetmaker matchmaker troublemaker bullfighter matador swordsman
    huntsman horseman helmsman henchman hitman frontman piper fiddler flautist percussionist keyboardist soloist
    choirmaster ringmaster schoolmaster acrobat juggler stuntwoman ventriloquist illusionist hypnotist essayist
    dramatist linguist translator interpreter negotiator rescuer meteorologist forecaster zoologist neurologist
    cardiologist paediatrician pediatrician anesthetist nutritionist dietitian masseur masseuse beautician stylist
    locksmith silversmith gunsmith stonemason mason plasterer decorator surveyor docker stevedore ferryman gondolier
    navigator stowaway castaway cellmate soulmate playmate examiner proctor vicar deacon abbot abbess friar pilgrim
    seer soothsayer alchemist enchanter enchantress conjurer healer cleric paladin rogue brigand vagabond tramp
    beggar hawker peddler grocer milliner stockbroker trader investor auditor typist leader worker scout cleaner
    salesman saleswoman newlywed newlyweds contestant finalist champion rival opponent keeper mime barkeep
    quizmaster bookseller innkeeper shoemaker cobbler milkmaid dairymaid barmaid bartenders fiancé fiancée"""
)
#: `fishermen`, `policewomen`: the plurals that end in no s.
_MEN = frozenset(f"{word[:-2]}en" for word in _NEUTRAL | FEMALE | MALE if word.endswith("man"))
#: Nouns for many, beside those that add an s to the one.
GROUPS = _MEN | word_set(
    """crowd crowds audience audiences congregation band choir choirs chorus chorale ensemble quartet trio duo duet
    family couple people children kids police everyone everybody group team class crew fans ladies folks members
    townspeople singers"""
)
_NO_NOUNS = word_set(
    """female male she her hers he his him feminine womanly motherly girlish maternal masculine manly fatherly
    boyish paternal grandmotherly miss mrs ms mr bass alto god"""
)
PERSONS = (_NEUTRAL | _MEN | FEMALE | MALE) - _NO_NOUNS
ANIMALS = word_set(
    """dog dogs puppy cat cats kitten bird birds parrot crow raven owl rooster hen chicken duck goose horse pony
    donkey cow bull sheep lamb goat pig wolf fox bear lion tiger panda monkey ape gorilla elephant mouse rat
    rabbit bunny squirrel frog toad turtle fish shark whale dolphin penguin seal bee fly insect spider snake
    lizard dinosaur camel hamster hedgehog raccoon retriever corgi husky poodle terrier beagle capybara sloth
    otter koala kangaroo dragon unicorn foxes wolves hare deer moose badger beaver pigeon dove sparrow eagle hawk
    falcon ostrich peacock swan turkey llama alpaca zebra giraffe hippo hippopotamus rhino crocodile alligator octopus
    lobster snail butterfly bumblebee gecko chameleon iguana walrus leopard cheetah coyote hyena meerkat lemur
    chimpanzee orangutan baboon hound bulldog dachshund labrador chihuahua pug ferret parakeet cockatoo toucan flamingo
    pelican stork heron dogs puppies kittens rabbits squirrels frogs penguins monkeys"""
)

_CHINESE_FEMALE = ("女", "妈", "奶奶", "姐", "妹", "阿姨", "姑娘", "太太", "老婆", "公主", "婆")
_CHINESE_MALE = ("男", "爸", "爷爷", "哥", "弟", "叔", "先生", "老公", "王子", "父亲", "大爷")
_CHINESE_CALLED_FEMALE = phrases("母亲, 妻, 萝莉, 婶, 嫂, 姥姥, 丫头, 新娘, 王后, 皇后, 老太, 大娘, 妇人, 孕妇, 仙子")
_CHINESE_CALLED_MALE = phrases(
    """少年, 正太, 壮汉, 大汉, 汉子, 老汉, 老头, 老翁, 老伯, 伯伯, 姥爷, 外公, 大伯, 小伙, 新郎, 皇帝, 国王, 绅士,
    丈夫, 和尚"""
)
_CHINESE_PERSON = phrases(
    """旁白, 画外音, 叙述者, 解说, 孩子们, 孩子, 厨师, 歌手, 主播, 老师,
    人, 孩, 师, 员, 者, 生, 手, 长, 客, 兵, 警察, 老板, 主持, 记者, 朋友, 顾客, 妻, 丈夫, 少年, 青年, 母亲, 店主,
    司机, 侦探, 船长, 机器人, 观众, 众, 教练, 队长"""
)
CHINESE_FEMALE: tuple[str, ...] = (*_CHINESE_FEMALE, *_CHINESE_CALLED_FEMALE)
CHINESE_MALE: tuple[str, ...] = (*_CHINESE_MALE, *_CHINESE_CALLED_MALE)
CHINESE_PERSONS: tuple[str, ...] = (*_CHINESE_FEMALE, *_CHINESE_MALE, *_CHINESE_PERSON)
#: Ages as Chinese names and voices give them away; `CHINESE_YOUTH` may be a child or an adult.
CHINESE_OLD = phrases("爷爷, 老爷, 奶奶, 婆婆, 大爷, 姥姥, 外公, 外婆, 长者, 年迈, 白发, 苍老")
CHINESE_CHILD = phrases(
    "小男孩, 小女孩, 儿童, 孩童, 孩子, 小孩, 婴儿, 宝宝, 幼儿, 幼童, 童声, 童音, 小朋友, 萝莉, 正太, 娃娃"
)
CHINESE_YOUTH = phrases("男孩, 女孩, 少年, 少女, 青年, 青春, 年轻, 小伙, 姑娘, 丫头")
CHINESE_ADULT = phrases(
    """中年, 成年, 成熟, 男人, 女人, 男士, 女士, 先生, 太太, 大叔, 大妈, 阿姨, 御姐, 壮汉, 大汉, 汉子, 妇人, 丈夫,
    父亲, 母亲"""
)
#: The sign for old, except in the words in which it means something else, such as teacher, boss and tiger; before
#: somebody one knows it means for a long time, and before a place it says how old the place is.
CHINESE_OLD_SIGN = (
    "老(?!师|板|婆(?!婆)|公(?!公)|虎|鼠|鹰|乡|外|友|实|弟|妹|哥|姐|爸|妈|练|家|式|大(?!爷|娘|妈|伯)"
    "|同学|朋友|战友|邻居|搭档|顾客|客|同事|伙|熟|相识|街坊|对手|城|街|巷|屋|房|宅|树|歌|牌|字号)"
)
