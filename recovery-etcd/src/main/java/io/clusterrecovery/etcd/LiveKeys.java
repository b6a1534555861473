package io.clusterrecovery.etcd;

import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The keys that live, each by its fingerprint, with a value: a table of bounded size.
 *
 * <p>It takes the fingerprints from a place on. When it is full it forgets the upper half of those
 * that it takes: so the first pass over a database may end with a part of its keys, and the next
 * pass, with a table of its own, begins where that one ends.
 */
final class LiveKeys {
  private static final int FIRST_SLOTS = 1 << 10;
  private static final long END = 1L << 32;

  private final int mostSlots;
  private final long from;
  private long to;
  private long[] prints = new long[FIRST_SLOTS];
  private long[] values = new long[FIRST_SLOTS];
  private int size;

  private LiveKeys(int mostSlots, long from, long to) {
    this.mostSlots = mostSlots;
    this.from = from;
    this.to = to;
  }

  /**
   * A table for the first keys, or for all.
   *
   * @param mostSlots how large it may grow, a power of two; three quarters can be used, each takes
   *     16 bytes
   */
  static LiveKeys first(int mostSlots) {
    return new LiveKeys(mostSlots, 0, END);
  }

  /** A table for the keys after these, unless these were the last. */
  Optional<LiveKeys> next() {
    return to == END ? Optional.empty() : Optional.of(new LiveKeys(mostSlots, to, END));
  }

  /** An empty table for the keys that this one takes. */
  LiveKeys sameRange() {
    return new LiveKeys(mostSlots, from, to);
  }

  /** Whether a key of that fingerprint would be kept. */
  boolean holds(long print) {
    long place = print >>> 32;
    return place >= from && place < to;
  }

  int size() {
    return size;
  }

  void put(long print, long value) {
    if (!holds(print)) {
      return;
    }
    long mark = mark(print);
    int slot = slotOf(mark);
    if (prints[slot] == 0) {
      if (size >= prints.length / 4 * 3) {
        makeRoom();
        put(print, value);
        return;
      }
      prints[slot] = mark;
      size++;
    }
    values[slot] = value;
  }

  /** What was put last, or 0. */
  long get(long print) {
    int slot = slotOf(mark(print));
    return prints[slot] == 0 ? 0 : values[slot];
  }

  boolean contains(long print) {
    return prints[slotOf(mark(print))] != 0;
  }

  void remove(long print) {
    int slot = slotOf(mark(print));
    if (prints[slot] == 0) {
      return;
    }
    prints[slot] = 0;
    size--;
    closeGap(slot);
  }

  void forEachPrint(LongConsumer consumer) {
    for (long print : prints) {
      if (print != 0) {
        consumer.accept(print);
      }
    }
  }

  void forEachValue(LongConsumer consumer) {
    for (int i = 0; i < prints.length; i++) {
      if (prints[i] != 0) {
        consumer.accept(values[i]);
      }
    }
  }

  /**
   * What comes after a removed one is put again, since it may stand where it does because of it.
   */
  private void closeGap(int removed) {
    int last = prints.length - 1;
    for (int slot = (removed + 1) & last; prints[slot] != 0; slot = (slot + 1) & last) {
      long mark = prints[slot];
      prints[slot] = 0;
      int place = slotOf(mark);
      prints[place] = mark;
      values[place] = values[slot];
    }
  }

  private void makeRoom() {
    long[] oldPrints = prints;
    long[] oldValues = values;
    if (oldPrints.length < mostSlots) {
      prints = new long[oldPrints.length * 2];
      values = new long[oldPrints.length * 2];
    } else {
      to = from + Math.max(1, (to - from) / 2);
      prints = new long[oldPrints.length];
      values = new long[oldPrints.length];
    }
    size = 0;
    for (int i = 0; i < oldPrints.length; i++) {
      if (oldPrints[i] != 0) {
        put(oldPrints[i], oldValues[i]);
      }
    }
  }

  private int slotOf(long mark) {
    int last = prints.length - 1;
    int slot = (int) mark & last;
    while (prints[slot] != 0 && prints[slot] != mark) {
      slot = (slot + 1) & last;
    }
    return slot;
  }

  /** Zero marks a free slot. */
  private static long mark(long print) {
    return print == 0 ? 1 : print;
  }
}
