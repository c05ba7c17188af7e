command: ip -j -s -s link
host: srv
at: 1795350196.779
exit: 0
