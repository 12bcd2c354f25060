"""Words for places, movements, camera and style."""

from __future__ import annotations

from bot.prompts.lexicon.lists import phrases, word_set

INDOOR = word_set(
    """kitchen office room bedroom bathroom living-room studio library museum shop store restaurant café cafe bar
    pub classroom school hospital theatre theater stage gym garage workshop basement attic hallway corridor
    elevator lobby church courtroom laboratory lab factory warehouse supermarket apartment salon barn greenhouse
    indoors indoor tavern kitchenette cockpit cabin tent train subway ballroom prison cell cellar booth newsroom"""
)
OUTDOOR = word_set(
    """beach desert forest mountain mountains field meadow street city park garden river lake sea ocean island
    jungle savanna snow glacier volcano canyon cliff harbor harbour road highway bridge rooftop market square
    alley village farm vineyard orchard playground stadium sky space moon planet swamp waterfall valley hill
    hills coast shore outdoors outdoor campsite cemetery graveyard ruins plaza pier dock deck driveway sidewalk
    roof balcony terrace porch tundra prairie dunes oasis countryside"""
)
PLACES = (
    INDOOR
    | OUTDOOR
    | word_set(
        """house home castle palace airport station ship boat car bus plane tunnel cave hall temple hotel bank bakery
    counter table desk window background scene town landscape horizon night day morning evening dusk dawn sunset
    sunrise noon winter summer autumn spring rain storm fog interior exterior court arena circus carnival
    festival wedding concert world corner bench pebbles lighthouse"""
    )
)
MOVEMENT = word_set(
    """walk run sit stand turn look hold open close lift pour dance jump swim fly drive ride climb fall throw catch
    roll drop hit push pull smile nod wave bow kneel lean strum play cut stir cook paint write read hold hang
    sway drift burn melt bloom crash swing rise slide float spin"""
)
CAMERA = word_set(
    """camera close-up closeup wide-shot pan pans panning tilt tilts zoom zooms dolly tracking handheld push-in
    pull-back push-out crane drone aerial overhead low-angle high-angle pov first-person static lens bokeh
    depth-of-field macro slow-motion timelapse time-lapse shot framing frame"""
)
STYLE = word_set(
    """cinematic realistic photorealistic anime cartoon style film documentary vintage retro noir dreamy moody cozy
    cosy warm cold bright dark soft golden neon dramatic minimal minimalist pastel watercolor watercolour
    painterly surreal epic peaceful calm serene tense romantic nostalgic mysterious lively atmosphere mood
    lighting light lit glow misty foggy rainy sunny steamy tiny huge ancient modern futuristic elegant rustic
    gloomy melancholic bittersweet happy sad relaxed slow gentle quiet soft hazy gritty"""
)
#: Places that exclude each other: a picture of one does not fit a text about another.
CLIMATES = (
    word_set("snow snowy winter ice icy arctic glacier blizzard frozen tundra ski"),
    word_set("desert dunes sahara oasis cactus sandy arid"),
    word_set("beach tropical palm seaside shore surf"),
    word_set("jungle rainforest"),
    word_set("underwater reef seabed"),
    word_set("space moon orbit spaceship spacecraft"),
)
#: Happenings that fill a clip of their own.
EVENTS = word_set(
    """heist chase trial wedding funeral battle fight race concert party explosion earthquake flood landing takeoff
    robbery arrest rescue duel parade election interview birth graduation proposal divorce escape ambush murder
    kidnapping shootout crash banquet coronation siege avalanche tournament revolution honeymoon burial premiere
    auction reunion breakup banquet feast storming investigation interrogation"""
)

CHINESE_PLACES = phrases(
    """里, 中, 上, 街, 房, 屋, 厅, 店, 园, 海, 山, 森林, 城, 路, 车, 室, 夜, 窗, 村, 湖, 河, 校, 场, 院"""
)
CHINESE_MOVEMENT = phrases(
    """走, 跑, 坐, 站, 转, 看, 拿, 举, 打开, 推, 拉, 跳, 舞, 飞, 笑, 点头, 挥, 抬, 低头, 弹, 切, 倒, 落, 放, 拍, 敲,
    飘, 流, 镜头, 握, 抱, 擦, 说, 唱"""
)
CHINESE_STYLE = phrases(
    """风格, 氛围, 温暖, 电影, 写实, 动漫, 镜头, 光, 复古, 唯美, 梦幻, 色调, 特写, 宁静, 欢快, 忧伤"""
)
