"""Given names that are mostly those of women or mostly those of men, to tell whom `he` and `she` mean.

They tell nothing else: what voice suits somebody is never judged by a name.
"""

from __future__ import annotations

from bot.prompts.lexicon.lists import word_set

FEMALE = word_set(
    """abigail adele agnes aisha alice alicia alina alma amanda amara amelia amina amy ana anastasia angela
    angelica anita anna annabel anne annie anya aria ariana astrid aurora ava barbara beatrice bella beth bianca
    bridget camila carla carmen carol caroline cassandra catherine cecilia celia charlotte chiara chloe christina
    clara claire claudia cora cynthia daisy daniela daphne deborah delilah diana dolores donna dora doris dorothy
    edith eileen elaine eleanor elena elisa eliza elizabeth ella ellen elsa emily emma erica esme esmeralda esther
    eva eve evelyn fatima fiona flora florence frances freya gabriela gemma georgia gloria grace greta gwen hana
    hannah harriet hazel heather heidi helen helena ida imani ines ingrid irene iris isabel isabella isla ivy jane
    janet jasmine jennifer jenny jessica joan joanna josephine judith julia juliet karen kate katherine kathleen katie
    kayla keiko kelly kiara kira kristen lara laura layla leah leila lena leonora leticia lila lily linda lisa lola
    lottie louisa louise lucia lucille lucy luna lydia mabel maddie madeleine maeve margaret margot maria mariana marie
    marina marisol marta martha mary matilda maya mei melissa mia michelle mila millie mina miriam molly mona
    monica nadia nancy naomi natalia natalie natasha nelly nina nora olga olive olivia ophelia pamela patricia paula
    penelope penny petra phoebe pia polly priya rachel ramona rebecca renata rita rosa rosalie rosalind rosie roxanne
    ruby ruth sabrina sadie sakura sally samantha sandra sara sarah savannah scarlett selena serena sheila shirley
    sienna sofia sonia sophia sophie stella stephanie susan susie suzanne sylvia tamara tanya tara tatiana teresa
    tessa theresa tina ursula valentina valerie vanessa vera veronica victoria viola violet virginia vivian wendy
    wilhelmina willa carly kimberly beverly shelly holly dolly milly elly yasmin yoko yolanda yvonne zara zelda zoe"""
)
MALE = word_set(
    """aaron abdul abraham adam adrian ahmed alan albert alejandro alexander alfred ali alonso amir anders andre
    andreas andrew angus anthony antonio archie arjun armando arnold arthur axel barnaby bartholomew basil ben
    benjamin bernard bill billy bob bobby boris brad bradley brandon brendan brian bruce bruno byron caleb carl
    carlos cedric cesar charles chester christopher clarence clark clint clive colin connor conrad craig cyril
    damian daniel danny dario dave david dean dennis derek desmond diego dimitri dmitri dominic donald douglas duncan
    dylan earl eddie edgar edmund eduardo edward edwin eli elias elijah elliot emil emilio enrique eric ernest erik
    ernesto ethan eugene evan fabio felipe felix ferdinand fernando finn francisco frank fred frederick gabriel gareth
    gary gavin geoffrey george gerald gilbert giovanni glenn gordon graham greg gregory guillermo gus gustav hank hans
    harold harry harvey hassan hector henrik henry herbert herman hiroshi homer howard hugh hugo hussein ian ibrahim
    igor isaac isaiah ismail ivan jack jackson jacob jake jakob jamal james jared jason javier jeff jeffrey jeremy
    jerome jerry jim jimmy joao joe joel johan john johnny jonas jonathan jorge jose joseph joshua juan julian julio
    jurgen karim karl keith kenji kenneth kevin klaus kofi konrad kurt kwame lars laurence lawrence leo leon
    leonard leonardo leopold lewis liam lionel lorenzo louis luca lucas luigi luis luke magnus malcolm manuel marco
    marcus mario martin marvin mateo matt matthew matthias maurice mauricio max maximilian michael miguel mike milo
    mitchell mohammed muhammad murray nathan nathaniel neil nelson nicholas nick nigel nikolai noah norman oliver
    omar oscar oswald otto owen pablo patrick paul pedro pete peter philip pierre pietro ralph ramon raphael raul ravi
    raymond reginald rex ricardo richard rick rob robert roberto rodrigo roger roland roman ronald rory ross roy
    rupert russell ryan salvador samir samuel santa santiago satoshi scott sean sebastian sergei sergio seth simon
    solomon spencer stanley stefan stephen steve steven stuart sven takeshi ted teddy terence theo theodore thomas tim
    timothy tobias toby todd tom tomas tommy tony trevor tristan tyler victor viktor vincent vinny vladimir wade
    walter warren wayne wesley wilbur wally willy wilfred william winston wolfgang xavier yusuf zachary"""
)
ALL = FEMALE | MALE
