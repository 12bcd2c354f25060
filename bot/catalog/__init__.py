"""Model cards and the questions they answer: possible? within which limits? at what price?"""
