package io.clusterrecovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a preflight saw on one host.
 *
 * @param host its name
 * @param clock how its clock stands against the clock of this machine
 * @param selinux {@code enforcing}, {@code permissive} or {@code off}
 * @param room the room at each path that was asked for
 * @param tools the versions of the tools that are there, by their names
 * @param certificates what was found in the places of certificates, one for each file
 * @param unread files there that hold certificates nobody could read, and what was left out
 */
public record HostState(
    String host,
    ClockReading clock,
    String selinux,
    Map<String, Room> room,
    Map<String, String> tools,
    List<CertificateSpan> certificates,
    List<String> unread) {

  /** Copies the collections. */
  public HostState {
    room = Collections.unmodifiableMap(new LinkedHashMap<>(room));
    tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
    certificates = List.copyOf(certificates);
    unread = List.copyOf(unread);
  }

  /**
   * A clock against the clock of this machine.
   *
   * @param ahead how far it is ahead, negative if it is behind
   * @param uncertainty how far that may be wrong at most, in either direction
   */
  public record ClockReading(Duration ahead, Duration uncertainty) {
    @Override
    public String toString() {
      return "%+.3f s (± %.3f s)".formatted(seconds(ahead), seconds(uncertainty));
    }

    private static double seconds(Duration time) {
      return time.toNanos() / 1e9;
    }
  }

  /**
   * The room on the file system that holds a path, or will.
   *
   * @param freeBytes the bytes that are free there
   * @param writable whether it can be written to
   */
  public record Room(long freeBytes, boolean writable) {}

  /**
   * From when to when a certificate is good.
   *
   * @param path the file it is in
   * @param subject whose it is
   * @param from its first moment
   * @param until its last moment
   */
  public record CertificateSpan(String path, String subject, Instant from, Instant until) {}

  /** What stays as it is when nobody changes it. */
  List<Fact> facts() {
    Stream<Fact> first =
        certificates.stream()
            .min(Comparator.comparing(CertificateSpan::until))
            .map(c -> new Fact(host + ", first certificate to expire", c.path() + " " + c.until()))
            .stream();
    String versions =
        tools.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
    Stream<Fact> others =
        Stream.of(new Fact(host + ", SELinux", selinux), new Fact(host + ", tools", versions));
    return Stream.concat(others, first).toList();
  }

  /** What moves by itself. */
  List<String> notes() {
    Stream<String> free =
        room.entrySet().stream()
            .map(
                e ->
                    "%s: %d bytes free at %s"
                        .formatted(host, e.getValue().freeBytes(), e.getKey()));
    return Stream.concat(Stream.of(host + ": clock " + clock), free).toList();
  }
}
