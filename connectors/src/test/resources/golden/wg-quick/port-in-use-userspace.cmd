command: wg-quick up wg0
host: srv
at: 1795350839.891
exit: 1
