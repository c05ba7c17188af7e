command: route print -4
host: cli
at: 1795350600.25
