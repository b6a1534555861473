package io.clusterrecovery.ssh;

import com.jcraft.jsch.Cipher;
import com.jcraft.jsch.jce.AES128GCM;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the Java machine compile what encrypts before much has to be encrypted.
 *
 * <p>It compiles what is called often, and a large packet is one call: a young process encrypts at
 * a twentieth of its speed for a second or more, and looks like a slow line. And it uses the
 * processor's own instructions for a whole packet only once all the methods around them are
 * compiled in full; how many calls that takes differs from process to process, so it is measured.
 */
final class WarmUp {
  private static final Logger LOG = System.getLogger(WarmUp.class.getName());
  private static final int CALLS = 2_000;
  private static final int SMALL = 48;
  private static final int LARGE = 32 << 10;
  private static final int TRIES = 3;

  /** Below, a large packet goes at 800 MB/s or more, as it does by such instructions alone. */
  private static final long FAST = TimeUnit.MICROSECONDS.toNanos(40);

  /** A processor without them is not waited for any longer. */
  private static final long MOST = TimeUnit.MILLISECONDS.toNanos(800);

  /** What is compiled is so for the whole process. */
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private static final FutureTask<Long> ONCE = new FutureTask<>(WarmUp::encrypt);

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

  private static long encrypt() throws Exception {
    AES128GCM cipher = new AES128GCM();
    cipher.init(Cipher.ENCRYPT_MODE, new byte[cipher.getBlockSize()], new byte[cipher.getIVSize()]);
    byte[] packet = new byte[LARGE + Integer.BYTES + cipher.getTagSize()];
    long end = System.nanoTime() + MOST;
    long best = Long.MAX_VALUE;
    while (best > FAST && System.nanoTime() < end) {
      for (int i = 0; i < CALLS; i++) {
        encrypt(cipher, packet, SMALL);
      }
      for (int i = 0; i < TRIES; i++) {
        best = Math.min(best, encrypt(cipher, packet, LARGE));
      }
    }
    return best;
  }

  private static long encrypt(AES128GCM cipher, byte[] packet, int size) throws Exception {
    long start = System.nanoTime();
    cipher.updateAAD(packet, 0, Integer.BYTES);
    cipher.doFinal(packet, Integer.BYTES, size, packet, Integer.BYTES);
    return System.nanoTime() - start;
  }
}
