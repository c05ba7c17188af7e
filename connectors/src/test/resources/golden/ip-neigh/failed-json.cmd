command: ip -j neigh
host: cli
at: 1795350011.021
exit: 0
