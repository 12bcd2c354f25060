"""Words about music and song."""

from __future__ import annotations

from bot.prompts.lexicon.lists import phrases

GENRES = frozenset(
    phrases(
        """pop, rock, jazz, blues, folk, country, classical, opera, operatic, soul, funk, disco, techno, house, trance,
    ambient, electronic, edm, hip-hop, trap, reggae, ska, metal, punk, indie, gospel, klezmer, flamenco, bossa,
    samba, tango, salsa, waltz, baroque, romantic, swing, bluegrass, celtic, lullaby, ballad, anthem, hymn,
    march, lo-fi, lofi, synthwave, orchestral, cinematic, epic, chamber, symphonic, acoustic, minimal,
    minimalist, ragtime, bebop, r&b, dubstep, grunge, latin, arabic, celtic, polka, chanson, carol, motown,
    ethnic, traditional, new age, big band, film score, boom bap, 古典, 爵士, 摇滚, 流行, 民谣, 电子, 嘻哈, 蓝调,
    国风, 古风, 乡村, 歌剧, 民族, 华尔兹, 圆舞曲, 探戈, 进行曲, 摇篮曲, 交响, 戏曲, 京剧, 昆曲, 京韵, 曲风"""
    )
)
SINGING_STYLES = frozenset(
    phrases(
        """style, operatic, opera, bel canto, falsetto, vibrato, a cappella, a capella, acapella, cappella, capella,
    lullaby, ballad, crooning, croons, yodel, yodels, high-pitched, harmony, harmonies, layered, melismatic,
    belting, belts, hum, hums, humming, pop vocals, chant, chants, hymn, duet, choral, gospel, riff, riffs, 唱法,
    风格, 美声, 清唱, 假声, 颤音, 京剧, 昆曲, 越剧, 豫剧, 黄梅戏, 评弹, 戏腔, 京韵, 老生, 花旦"""
    )
)
ACCOMPANIMENT = frozenset(
    phrases(
        """accompaniment, accompanied, accompanying, guitar, guitars, piano, violin, violins, cello, drum, drums,
    strings, band, orchestra, beat, beats, track, music, organ, ukulele, banjo, harp, flute, saxophone, sax,
    trumpet, synth, synths, bass, keyboard, accordion, harmonica, backing, a cappella, a capella, acapella,
    unaccompanied, cappella, capella, fiddle, mandolin, tambourine, brass, clarinet, percussion, bells, 伴奏,
    吉他, 钢琴, 音乐, 提琴, 鼓, 清唱, 琴, 笛, 琵琶, 二胡, 古筝, 唢呐, 箫, 萨克斯, 竖琴, 编钟, 尤克里里"""
    )
)
RAP_STYLES = frozenset(
    phrases(
        """beat, beats, rhythm, rhythmic, flow, trap, boom bap, boom-bap, drill, old-school, freestyle, hip-hop,
    bassline, 808, tempo, groove, grime, double-time, triplet, cypher, bars, drum, drums, fast rap, 节奏, 节拍,
    说唱风格, 鼓点, 嘻哈, 韵律"""
    )
)
