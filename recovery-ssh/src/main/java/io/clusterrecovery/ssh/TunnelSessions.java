package io.clusterrecovery.ssh;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * The sessions of a tunnel: one for each connection through it, as long as these are few.
 *
 * <p>In the library a reader that is slow here holds up its whole session, the answers to others
 * included. So no two connections share one until there are as many sessions as are made at most.
 */
final class TunnelSessions implements AutoCloseable {
  static final int MOST = 8;

  private final Supplier<Connection> make;
  private final IdentityHashMap<Connection, Integer> users = new IdentityHashMap<>();

  TunnelSessions(Supplier<Connection> make) {
    this.make = make;
    users.put(make.get(), 0);
  }

  /** Connects the first of them, and so proves that the host can be reached. */
  void connect() {
    boolean connected = false;
    try {
      all().get(0).connect();
      connected = true;
    } finally {
      if (!connected) {
        close();
      }
    }
  }

  /** {@return the session with the fewest users, a new one if all are in use and few} */
  synchronized Connection take() {
    Connection least =
        users.keySet().stream().min(Comparator.comparing(this::usersOf)).orElseGet(make);
    Connection taken = usersOf(least) > 0 && users.size() < MOST ? make.get() : least;
    users.merge(taken, 1, Integer::sum);
    return taken;
  }

  /** One that is idle stays for the next connection, others are closed. */
  void giveBack(Connection session) {
    if (isOneTooMany(session)) {
      session.close();
    }
  }

  private synchronized boolean isOneTooMany(Connection session) {
    users.merge(session, -1, Integer::sum);
    boolean idle = usersOf(session) <= 0;
    boolean another = users.keySet().stream().anyMatch(s -> s != session && usersOf(s) == 0);
    return idle && another && users.remove(session) != null;
  }

  private int usersOf(Connection session) {
    return users.getOrDefault(session, 0);
  }

  private synchronized List<Connection> all() {
    return new ArrayList<>(users.keySet());
  }

  @Override
  public void close() {
    all().forEach(Connection::close);
  }
}
