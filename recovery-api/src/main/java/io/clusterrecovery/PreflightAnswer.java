package io.clusterrecovery;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@link PreflightScript} printed on one host. */
final class PreflightAnswer {
  private static final String MARK = "@preflight@\n";
  private static final Pattern DOTTED = Pattern.compile("\\d+(\\.\\d+)+");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Duration HALF_SECOND = Duration.ofMillis(500);

  private final String host;
  private final String printed;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, HostState.Room> room = new LinkedHashMap<>();
  private final Map<String, String> tools = new LinkedHashMap<>();
  private final CertificateTexts certificates = new CertificateTexts();

  PreflightAnswer(String host, String printed) {
    this.host = host;
    this.printed = printed;
  }

  /** {@return what the host said, empty if that is not all of it} */
  Optional<HostState> read(Instant sent, Instant received) {
    int mark = printed.indexOf(MARK);
    if (mark < 0) {
      return Optional.empty();
    }
    printed.substring(mark + MARK.length()).lines().forEach(this::readLine);
    if (!values.containsKey("clock_end")) {
      return Optional.empty();
    }
    List<String> unread = new ArrayList<>();
    List<HostState.CertificateSpan> spans = certificates.spans(unread);
    if (values.containsKey("more")) {
      unread.add("more than 300 files");
    }
    return Optional.of(
        new HostState(host, clock(sent, received), selinux(), room, tools, spans, unread));
  }

  private void readLine(String line) {
    int equals = line.indexOf('=');
    String key = equals < 0 ? "" : line.substring(0, equals);
    String value = line.substring(equals + 1);
    switch (key) {
      case "room" -> readRoom(value.split(" ", 3));
      case "tool" -> readTool(value.split(" ", 2));
      case "certificate" -> certificates.begin(value);
      case "embedded" -> certificates.embedded(value);
      case "clock", "clock_end", "selinux", "more" -> values.put(key, value);
      default -> certificates.add(line);
    }
  }

  private void readRoom(String[] words) {
    long free = words[0].matches("\\d+") ? Long.parseLong(words[0]) * 1024 : 0;
    room.put(words[2], new HostState.Room(free, words[1].equals("rw")));
  }

  private void readTool(String[] words) {
    Matcher dotted = DOTTED.matcher(words[1]);
    Matcher number = NUMBER.matcher(words[1]);
    String version =
        dotted.find() ? dotted.group() : number.find() ? number.group() : "of unknown version";
    tools.put(words[0], version);
  }

  private String selinux() {
    return switch (values.getOrDefault("selinux", "")) {
      case "1" -> "enforcing";
      case "0" -> "permissive";
      default -> "off";
    };
  }

  /** As NTP does: what it took on the host is no part of the way there and back. */
  private HostState.ClockReading clock(Instant sent, Instant received) {
    Instant first = time("clock");
    Instant last = time("clock_end");
    Duration there = Duration.between(sent, first);
    Duration back = Duration.between(received, last);
    Duration way = Duration.between(sent, received).minus(Duration.between(first, last));
    Duration uncertainty = way.isNegative() ? way.abs() : way.dividedBy(2);
    return new HostState.ClockReading(
        there.plus(back).dividedBy(2), isWhole() ? uncertainty.plus(HALF_SECOND) : uncertainty);
  }

  /** Not every date knows fractions of a second; what it then prints is the second it is in. */
  private boolean isWhole() {
    return !values.getOrDefault("clock", "").matches("\\d+\\.\\d+");
  }

  private Instant time(String key) {
    String said = values.getOrDefault(key, "").replaceFirst("\\.?[^0-9.].*$", "");
    if (said.isEmpty()) {
      return Instant.EPOCH;
    }
    BigDecimal seconds = new BigDecimal(said);
    Instant time = Instant.EPOCH.plusNanos(seconds.movePointRight(9).longValue());
    return isWhole() ? time.plus(HALF_SECOND) : time;
  }
}
