print("suo")
