command: ip route get 10.66.66.1
host: srv
at: 1795349721.812
exit: 0
