package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Two sockets, of which each gets what comes from the other. Each direction ends by itself; when
 * either breaks, both are reset.
 */
final class DirectStream {
  private static final Logger LOG = System.getLogger(DirectStream.class.getName());
  private static final int BUFFER_SIZE = 32 << 10;

  private final Socket here;
  private final Socket there;
  private final AtomicReference<@Nullable Socket> broken = new AtomicReference<>();

  DirectStream(Socket here, Socket there) {
    this.here = here;
    this.there = there;
  }

  /** {@return the one that broke, or null if both have ended} */
  @Nullable Socket untilEnd() throws InterruptedException {
    Thread back = Blocking.daemon("tunnel-back", () -> pump(there, here));
    pump(here, there);
    // The other side may still have something to say.
    back.join();
    return broken.get();
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_SIZE];
    Socket used = from;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        used = to;
        out.write(buffer, 0, n);
        used = from;
      }
      used = to;
      to.shutdownOutput();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection through the tunnel broke", e);
      broken.compareAndSet(null, used);
      Quietly.reset(from);
      Quietly.reset(to);
    }
  }
}
