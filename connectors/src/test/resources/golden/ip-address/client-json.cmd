command: ip -j addr
host: cli
at: 1795349516.655
exit: 0
