command: nft -j list ruleset
host: cli
at: 1795349721.836
exit: 0
