package io.clusterrecovery.ssh;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One jump of a {@code ProxyJump}: what it says, and what it leaves to the rest of the file. */
record JumpSpec(String host, @Nullable String user, @Nullable Integer port) {
  private static final Pattern JUMP =
      Pattern.compile("(?:ssh://)?(?:([^@]+)@)?(\\[[^\\]]+]|[^:/\\[]+)(?::(\\d{1,5}))?/?");

  /**
   * {@return the jumps in the order in which they are made}
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static List<JumpSpec> parse(String text) {
    return "none".equalsIgnoreCase(text)
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).map(JumpSpec::one).toList();
  }

  private static JumpSpec one(String text) {
    Matcher jump = JUMP.matcher(text);
    if (!jump.matches()) {
      throw new IllegalArgumentException("not a jump host: '" + text + "'");
    }
    String port = jump.group(3);
    return new JumpSpec(
        jump.group(2).replaceAll("[\\[\\]]", ""),
        jump.group(1),
        port == null ? null : SshName.port(Integer.parseInt(port)));
  }
}
