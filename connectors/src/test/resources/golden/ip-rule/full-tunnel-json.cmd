command: ip -j rule
host: cli
at: 1795349516.655
exit: 0
