package io.clusterrecovery.ssh;

import com.jcraft.jsch.Session;
import io.clusterrecovery.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Asks a peer for an answer again and again, so that its silence means that it is gone. */
record KeepAlive(Session session) implements Runnable {
  /** After so long without a byte, several questions are unanswered. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private static final Logger LOG = System.getLogger(KeepAlive.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(2);

  @Override
  public void run() {
    try {
      while (session.isConnected()) {
        Clock.system().pause(EVERY);
        ask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() {
    try {
      session.sendKeepAliveMsg();
    } catch (Exception e) {
      // The reader of the session tells whoever uses it that it broke.
      LOG.log(Level.DEBUG, "a peer could not be asked whether it is there", e);
    }
  }
}
