command: nft -j list ruleset
host: cli
at: 1795349516.655
exit: 0
