# Runs a command as process 1 of a container: passes signals on, ends as the command ends, and
# collects the processes that it leaves behind, which Node does not. `otel-register run` hands over
# to it by itself on a Node that can; elsewhere: sh process-one.sh otel-register run …

# A job in the background would have /dev/null as its input.
exec 3<&0
"$@" <&3 3<&- &
command=$!

for signal in HUP INT QUIT ABRT ALRM TERM USR1 USR2 CONT WINCH; do
  trap "kill -$signal $command" "$signal"
done
# Pipes end when the command closes them. A shell would also say which signal the command died of.
exec 3<&- </dev/null >/dev/null 2>&1

# `wait` returns early when a signal comes, and collects any other process meanwhile.
status=0
while kill -0 "$command"; do
  wait "$command"
  status=$?
done
# The command may have ended in the moment a signal came: then this is its status, else 127.
wait "$command"
last=$?
[ "$last" -eq 127 ] || status=$last
exit "$status"
