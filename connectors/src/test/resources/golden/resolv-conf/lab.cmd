command: cat /etc/resolv.conf
host: cli
at: 1795349516.655
exit: 0
