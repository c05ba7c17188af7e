command: nft -j list ruleset
host: srv
at: 1795349519.632
exit: 0
