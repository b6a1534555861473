package io.clusterrecovery.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The one session of a host: made when first needed, made again when it was lost. */
final class Connection implements AutoCloseable {
  /**
   * OpenSSH's server refuses the eleventh session of a connection, and counts one that has just
   * ended until its next look around.
   */
  private static final int MOST_AT_A_TIME = 5;

  /** What the library says when the server refuses a channel, or does not answer in time. */
  private static final String NOT_OPENED = "channel is not opened.";

  private static final Duration REFUSED_PAUSE = Duration.ofMillis(50);

  private static final Duration TURN_LIMIT = Duration.ofMinutes(5);

  private final SshSettings settings;
  private final Failures failures;
  private final Connector connector;
  private final ReentrantLock connecting = new ReentrantLock();
  private final Semaphore turns = new Semaphore(MOST_AT_A_TIME, true);
  private volatile @Nullable Session session;
  private volatile boolean closed;

  Connection(SshSettings settings, Failures failures) {
    this.settings = settings;
    this.failures = failures;
    this.connector = new Connector(settings, failures);
  }

  /** Readies a channel before it is opened. */
  interface Preparation<C extends Channel> {
    void on(C channel) throws JSchException;
  }

  /** Opens a channel; a request in it goes out last, so a failure means nothing was started. */
  <C extends Channel> C open(String kind, Class<C> type, Preparation<C> preparation) {
    Session first = session();
    Duration end = settings.clock().elapsed().plus(settings.connectLimit());
    while (true) {
      try {
        return open(first, kind, type, preparation);
      } catch (JSchException e) {
        if (!first.isConnected() || !NOT_OPENED.equals(e.getMessage())) {
          // It is broken, though it may not have noticed yet.
          first.disconnect();
          break;
        }
        requireAnotherTry(kind, end, e);
      }
    }
    try {
      return open(session(), kind, type, preparation);
    } catch (JSchException e) {
      throw notOpened(e);
    }
  }

  /** The server counts a command for a moment longer than we do, so it may just have too many. */
  private void requireAnotherTry(String kind, Duration end, JSchException refused) {
    if (!kind.equals("exec") || settings.clock().elapsed().compareTo(end) >= 0) {
      throw notOpened(refused);
    }
    try {
      settings.clock().pause(REFUSED_PAUSE);
    } catch (InterruptedException e) {
      throw failures.interrupted("opening a channel", "nothing", e);
    }
  }

  /**
   * Waits for one of the places for commands.
   *
   * @return what gives the place back; calling it again does nothing
   */
  Runnable turn() {
    try {
      if (!turns.tryAcquire(TURN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw failures.refused(
            Code.HOST_UNREACHABLE,
            MOST_AT_A_TIME + " other commands ran for " + TURN_LIMIT.toMinutes() + " min.",
            "Wait for their end, or use one more SshHost.");
      }
    } catch (InterruptedException e) {
      throw failures.interrupted("waiting for other commands", "nothing", e);
    }
    AtomicBoolean given = new AtomicBoolean();
    return () -> {
      if (given.compareAndSet(false, true)) {
        turns.release();
      }
    };
  }

  /** Connects, unless it is connected. */
  void connect() {
    session();
  }

  /** {@return whether it was made before and is broken now} */
  boolean isLost() {
    return session != null && !isConnected();
  }

  boolean isConnected() {
    Session made = session;
    return made != null && made.isConnected();
  }

  @Override
  public void close() {
    closed = true;
    Session made = session;
    if (made != null) {
      made.disconnect();
    }
  }

  private <C extends Channel> C open(
      Session on, String kind, Class<C> type, Preparation<C> preparation) throws JSchException {
    Channel made = on.openChannel(kind);
    if (made == null) {
      throw new JSchException("the session has just ended");
    }
    C channel = type.cast(made);
    preparation.on(channel);
    Duration limit = settings.connectLimit();
    boolean opened = false;
    try {
      int millis = (int) limit.toMillis();
      Blocking.call(
          "ssh-open-" + settings.host(),
          limit.plusSeconds(1),
          on::isConnected,
          () -> {
            channel.connect(millis);
            return channel;
          });
      opened = true;
      return channel;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof JSchException failure
          ? failure
          : new JSchException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new JSchException("no answer", e);
    } catch (InterruptedException e) {
      throw failures.interrupted("opening a channel", "whether anything was started", e);
    } finally {
      if (!opened) {
        channel.disconnect();
      }
    }
  }

  private RecoveryException notOpened(JSchException cause) {
    return failures.refused(
        Code.HOST_UNREACHABLE,
        "it is connected, but opens no channel: " + cause.getMessage(),
        "Try again; if that does not help, see MaxSessions and the log of its SSH server.",
        cause);
  }

  private Session session() {
    try {
      connecting.lockInterruptibly();
    } catch (InterruptedException e) {
      throw failures.interrupted("waiting for the connection", "nothing", e);
    }
    try {
      if (closed) {
        throw new IllegalStateException("the connection to " + settings.address() + " was closed");
      }
      Session made = session;
      if (made == null || !made.isConnected()) {
        made = connector.connect();
        session = made;
      }
      return made;
    } finally {
      connecting.unlock();
    }
  }
}
