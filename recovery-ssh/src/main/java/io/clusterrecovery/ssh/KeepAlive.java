package io.clusterrecovery.ssh;

import com.jcraft.jsch.Session;
import io.clusterrecovery.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Asks a peer for an answer again and again, so that its silence means that it is gone.
 *
 * @param silence how long without a byte means that; several questions are unanswered by then
 */
record KeepAlive(Session session, Duration silence) implements Runnable {
  /** How long it is if nothing else was said. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private static final Logger LOG = System.getLogger(KeepAlive.class.getName());
  private static final int QUESTIONS = 5;

  @Override
  public void run() {
    try {
      while (session.isConnected()) {
        Clock.system().pause(silence.dividedBy(QUESTIONS));
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
