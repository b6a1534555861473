package io.clusterrecovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The lock of one host, a file there that is changed by compare-and-set alone.
 *
 * <p>Whoever compares and sets holds the kernel's lock of its folder meanwhile, which ends with the
 * shell, and makes sure that it is still that folder; the file is replaced by renaming. So two
 * operators never both succeed, and a broken connection leaves the file as it was or as it should
 * be.
 */
final class HostLock {
  static final String FILE = "/var/lib/cluster-recovery/lock";
  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final int OTHER = 10;
  private static final int NO_PROGRAM = 127;
  private static final String EMPTY_FILE = "?";
  private static final String SCRIPT =
      """
      set -eu
      umask 077
      folder=${3%/*}
      until
        mkdir -p "$folder"
        exec 9< "$folder"
        flock -w 10 9 || exit 11
        [ /proc/self/fd/9 -ef "$folder" ]
      do
        :
      done
      seen=
      if [ -e "$3" ]; then
        seen=$(cat "$3")
        [ -n "$seen" ] || seen='?'
      fi
      [ "$seen" != "$2" ] || exit 0
      if [ "$seen" != "$1" ]; then
        printf %s "$seen"
        exit 10
      fi
      if [ -n "$2" ]; then
        printf %s "$2" > "$3.new"
        sync "$3.new" 2>/dev/null || :
        mv -f "$3.new" "$3"
      else
        rm -f "$3"
        rmdir "$folder" 2>/dev/null || :
      fi
      """;

  private final RemoteHost host;

  HostLock(RemoteHost host) {
    this.host = host;
  }

  /** {@return what the lock says, empty if there is none} */
  String seen() {
    return host.read(FILE)
        .map(bytes -> bytes.length == 0 ? EMPTY_FILE : new String(bytes, UTF_8))
        .orElse("");
  }

  /**
   * Sets the lock if it says what is expected, or what is wanted already.
   *
   * @param wanted what it shall say, empty to remove it
   * @return empty if it says so now, else what it says instead; empty text if there is none
   */
  Optional<String> set(String expected, String wanted) {
    CommandResult result =
        host.run(
            Command.of("/bin/sh", "-c", SCRIPT, "cluster-recovery", expected, wanted, FILE)
                .asRoot()
                .limit(LIMIT));
    if (result.succeeded()) {
      return Optional.empty();
    }
    if (result.exitStatus() == OTHER) {
      return Optional.of(result.out());
    }
    Code code = result.exitStatus() == NO_PROGRAM ? Code.TOOL_MISSING : Code.COMMAND_FAILED;
    throw new StepFailedException(
        code,
        "The lock of %s could not be set: %s.".formatted(host.name(), result.summary()),
        List.of(),
        "nothing",
        "Mend what the message says on that host, then run it again.",
        null);
  }
}
