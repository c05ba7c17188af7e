command: sysctl net.ipv4 net.ipv6
host: srv
at: 1795349721.812
exit: 0
