command: nft -j list ruleset
host: cli
at: 1795349916.342
exit: 0
