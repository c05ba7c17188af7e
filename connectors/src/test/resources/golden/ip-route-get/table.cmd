command: ip route get 203.0.113.10
host: cli
at: 1795349516.655
exit: 0
