package io.clusterrecovery.etcd;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How a new member comes along: what it has received, how far its log is, and since when neither
 * has grown. Pure but for what it has seen; time is the caller's.
 */
final class CatchUp {
  private static final double MEGABYTE = 1e6;

  private final Duration stallLimit;
  private final Track received = new Track();
  private final Track index = new Track();
  private Sight last = Sight.NOTHING;
  private Duration grew;

  CatchUp(Duration stallLimit, Duration now) {
    this.stallLimit = stallLimit;
    this.grew = now;
  }

  /**
   * What is seen at one time.
   *
   * @param started whether the cluster knows the member's name, which it tells when it is started
   * @param received how many bytes of a database the host holds, if that could be asked
   * @param total how many bytes the cluster's own database has
   * @param index the raft index that the member itself tells, if it answers
   * @param leaderIndex the raft index of a voter
   */
  record Sight(
      boolean started, OptionalLong received, long total, OptionalLong index, long leaderIndex) {
    static final Sight NOTHING = new Sight(false, OptionalLong.empty(), 0, OptionalLong.empty(), 0);
  }

  void sees(Sight sight, Duration now) {
    boolean receivedMore = received.grows(sight.received(), now);
    boolean logGrew = index.grows(sight.index(), now);
    if (receivedMore || logGrew || (sight.started() && !last.started())) {
      grew = now;
    }
    last = sight;
  }

  /** While the cluster does not answer, nothing can be held against the new member. */
  void seesNothing(Duration now) {
    grew = now;
  }

  boolean isStalled(Duration now) {
    return now.minus(grew).compareTo(stallLimit) >= 0;
  }

  /** How far it is, how fast, and how much longer it will take. */
  String words() {
    if (last.index().isPresent()) {
      return "at entry %d of %d%s"
          .formatted(
              last.index().getAsLong(),
              last.leaderIndex(),
              pace(index, last.leaderIndex(), 1, "entries"));
    }
    if (last.received().isPresent() && received.last > 0) {
      return String.format(
          Locale.ROOT,
          "received %.0f of %.0f MB%s",
          received.last / MEGABYTE,
          Math.max(last.total(), received.last) / MEGABYTE,
          pace(received, last.total(), MEGABYTE, "MB"));
    }
    return last.started() ? "it has started" : "it has not started yet";
  }

  private static String pace(Track track, long goal, double unit, String name) {
    double rate = track.perSecond();
    if (rate <= 0 || goal < track.last) {
      return "";
    }
    long left = Math.max(0, Math.round((goal - track.last) / rate));
    return String.format(Locale.ROOT, ", %.0f %s/s, about %d s left", rate / unit, name, left);
  }

  /** One quantity over time. */
  private static final class Track {
    private long first = -1;
    private Duration from = Duration.ZERO;
    private long last = -1;
    private Duration until = Duration.ZERO;

    boolean grows(OptionalLong value, Duration now) {
      if (value.isEmpty()) {
        return false;
      }
      boolean more = value.getAsLong() > last;
      if (first < 0 || value.getAsLong() < last) {
        first = value.getAsLong();
        from = now;
      }
      last = value.getAsLong();
      until = now;
      return more;
    }

    double perSecond() {
      long millis = until.minus(from).toMillis();
      return millis <= 0 ? 0 : (last - first) * 1000.0 / millis;
    }
  }
}
