package io.clusterrecovery.ssh;

import com.jcraft.jsch.Cipher;
import com.jcraft.jsch.jce.AES128GCM;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the Java machine compile what encrypts before much has to be encrypted.
 *
 * <p>It compiles what is called often, and a large packet is one call: a young process encrypts at
 * a twentieth of its speed for a second or more, and looks like a slow line.
 */
final class WarmUp {
  private static final Logger LOG = System.getLogger(WarmUp.class.getName());
  private static final int CALLS = 8_000;
  private static final int SIZE = 48;

  /** What is compiled is so for the whole process. */
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private static final FutureTask<Integer> ONCE = new FutureTask<>(WarmUp::encrypt);

  private WarmUp() {}

  /** Begins, in a thread of its own, unless that was begun. */
  static void start() {
    if (STARTED.compareAndSet(false, true)) {
      Blocking.daemon("ssh-warm-up", ONCE);
    }
  }

  /** Waits for its end, if it was begun. */
  static void await() throws InterruptedException {
    if (!STARTED.get()) {
      return;
    }
    try {
      ONCE.get();
    } catch (ExecutionException e) {
      LOG.log(Level.DEBUG, "what encrypts could not be tried", e);
    }
  }

  private static int encrypt() throws Exception {
    AES128GCM cipher = new AES128GCM();
    cipher.init(Cipher.ENCRYPT_MODE, new byte[cipher.getBlockSize()], new byte[cipher.getIVSize()]);
    byte[] packet = new byte[SIZE + Integer.BYTES + cipher.getTagSize()];
    for (int i = 0; i < CALLS; i++) {
      cipher.updateAAD(packet, 0, Integer.BYTES);
      cipher.doFinal(packet, Integer.BYTES, SIZE, packet, Integer.BYTES);
    }
    return packet[Integer.BYTES];
  }
}
