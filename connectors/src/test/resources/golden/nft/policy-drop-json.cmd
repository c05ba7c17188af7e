command: nft -j list ruleset
host: srv
at: 1795349660.616
exit: 0
