command: conntrack -L -p udp
host: srv
at: 1795349516.635
exit: 0
