PACK = "shop.pack_box"
TIDY = "shop.tidy_up"
