command: ip route get 203.0.113.10
host: cli
at: 1795349721.836
exit: 0
