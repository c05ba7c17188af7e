command: ip route get 203.0.113.10
host: cli
at: 1795350806.059
exit: 0
