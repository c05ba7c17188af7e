command: wg-quick up wg0
host: srv
at: 1795349472.082
exit: 0
