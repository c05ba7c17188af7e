command: ip -j route show table all
host: cli
at: 1795349516.655
exit: 0
