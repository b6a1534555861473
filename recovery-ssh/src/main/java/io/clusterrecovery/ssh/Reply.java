package io.clusterrecovery.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a script of ours printed: a mark, lines of name and value, an empty line, bytes.
 *
 * @param values the values by name
 * @param payload the bytes after the empty line
 */
record Reply(Map<String, String> values, Bytes payload) {
  private static final byte[] MARK = "@cluster-recovery@\n".getBytes(StandardCharsets.ISO_8859_1);

  String get(String name) {
    return values.getOrDefault(name, "");
  }

  long number(String name) {
    return Long.parseLong(get(name));
  }

  /** {@return the reply in what was printed so far, empty while its head is not complete} */
  static Optional<Reply> parse(byte[] printed) {
    int head = indexOf(printed, MARK, 0);
    if (head < 0) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    int at = head + MARK.length;
    while (true) {
      int end = indexOf(printed, new byte[] {'\n'}, at);
      if (end < 0) {
        return Optional.empty();
      }
      if (end == at) {
        return Optional.of(
            new Reply(
                Map.copyOf(values),
                new Bytes(Arrays.copyOfRange(printed, end + 1, printed.length))));
      }
      String line = new String(printed, at, end - at, StandardCharsets.UTF_8);
      int equals = line.indexOf('=');
      values.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
      at = end + 1;
    }
  }

  private static int indexOf(byte[] in, byte[] what, int from) {
    for (int i = from; i <= in.length - what.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }
}
