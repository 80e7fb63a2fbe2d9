from .goods import *
