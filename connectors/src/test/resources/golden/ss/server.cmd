command: ss -lunp
host: srv
at: 1795349721.812
exit: 0
