package io.clusterrecovery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The identity of one recovery run; names its folder on hosts ({@code
 * /var/lib/cluster-recovery/RUN}) and its journal entries.
 *
 * @param value 1 to 64 characters of {@code a-z}, {@code 0-9} and {@code -}, safe as a file name
 */
public record RunId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** Checks the form. */
  public RunId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "run id '" + value + "' must be 1 to 64 characters of a-z, 0-9 and '-'");
    }
  }

  /** {@return a new id that starts with the given time, to the second, and ends at random} */
  public static RunId startingAt(Instant time) {
    int random = ThreadLocalRandom.current().nextInt(0x1000000);
    return new RunId(STAMP.format(time) + "-" + String.format("%06x", random));
  }

  @Override
  public String toString() {
    return value;
  }
}
