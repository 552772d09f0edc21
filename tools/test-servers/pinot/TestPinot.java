// Apache Pinot in one process for tests: ZooKeeper, controller, server and broker. Ends when its standard input does.
// java -Dport.zk=… -Dport.controller=… -Dport.broker=… -Dport.server=… -Dport.serverAdmin=… -cp … TestPinot <data folder>
// Says READY when the four are up. All listen on loopback, except for the server's query port: Pinot binds that one to every address and has no
// setting for it. gRPC and the multistage engine, which do the same, are off; nothing here uses them.
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.apache.pinot.broker.broker.helix.HelixBrokerStarter;
import org.apache.pinot.controller.ControllerStarter;
import org.apache.pinot.server.starter.helix.HelixServerStarter;
import org.apache.pinot.spi.env.PinotConfiguration;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

public final class TestPinot {
  static final String HOST = "127.0.0.1";
  static final int ZK = port("zk");
  static final int CONTROLLER = port("controller");
  static final int BROKER = port("broker");
  static final int SERVER = port("server");
  static final int SERVER_ADMIN = port("serverAdmin");
  static final String CLUSTER = "datamesh";

  static int port(String name) {
    return Integer.getInteger("port." + name);
  }

  static void http(Map<String, Object> c, String prefix, int port) {
    c.put(prefix + ".access.protocols", "http");
    c.put(prefix + ".access.protocols.http.host", HOST);
    c.put(prefix + ".access.protocols.http.port", port);
  }

  public static void main(String[] args) throws Exception {
    Thread parent = new Thread(TestPinot::endWithParent, "parent");
    parent.setDaemon(true);
    parent.start();
    File data = new File(args[0]).getAbsoluteFile();
    File zkDir = new File(data, "zk");
    zkDir.mkdirs();

    // 1. ZooKeeper, in process, loopback only, data survives a kill -9
    System.setProperty("zookeeper.admin.enableServer", "false");
    System.setProperty("zookeeper.4lw.commands.whitelist", "*");
    ZooKeeperServer zk = new ZooKeeperServer(zkDir, zkDir, 2000);
    zk.setMinSessionTimeout(4000);
    zk.setMaxSessionTimeout(60000);
    NIOServerCnxnFactory factory = new NIOServerCnxnFactory();
    factory.configure(new InetSocketAddress(HOST, ZK), 200);
    factory.startup(zk);
    // Every client of this ZooKeeper lives in this JVM, so each session found on disk belongs to a
    // dead one: close it, or Helix waits sessionTimeout + 5 s (35 s) for its ephemeral node to go.
    for (Long id : new ArrayList<>(zk.getZKDatabase().getSessions())) {
      zk.closeSession(id);
    }
    String zkAddr = HOST + ":" + ZK;

    // 2. Controller
    Map<String, Object> c = new HashMap<>();
    c.put("controller.helix.cluster.name", CLUSTER);
    c.put("pinot.cluster.name", CLUSTER);
    c.put("controller.zk.str", zkAddr);
    c.put("controller.host", HOST);
    c.put("controller.vip.host", HOST);
    c.put("controller.port", CONTROLLER);
    http(c, "controller", CONTROLLER);
    c.put("controller.data.dir", new File(data, "controller").getPath());
    c.put("cluster.tenant.isolation.enable", true);
    ControllerStarter controller = new ControllerStarter();
    controller.init(new PinotConfiguration(c));
    controller.start();

    // 3. Server
    Map<String, Object> s = new HashMap<>();
    s.put("pinot.cluster.name", CLUSTER);
    s.put("pinot.zk.server", zkAddr);
    s.put("pinot.server.netty.host", HOST);
    s.put("pinot.server.netty.port", SERVER);
    s.put("pinot.server.adminapi.port", SERVER_ADMIN);
    http(s, "pinot.server.adminapi", SERVER_ADMIN);
    s.put("pinot.server.grpc.enable", false);
    s.put("pinot.server.instance.dataDir", new File(data, "server/index").getPath());
    s.put("pinot.server.instance.segmentTarDir", new File(data, "server/tar").getPath());
    s.put("pinot.server.startup.serviceStatusCheckIntervalMs", 200); // default 10 s: slow restarts
    s.put("pinot.server.shutdown.enableQueryCheck", false);
    s.put("pinot.server.shutdown.enableResourceCheck", false);
    s.put("pinot.multistage.engine.enabled", false);
    HelixServerStarter server = new HelixServerStarter();
    server.init(new PinotConfiguration(s));
    server.start();

    // 4. Broker
    Map<String, Object> b = new HashMap<>();
    b.put("pinot.cluster.name", CLUSTER);
    b.put("pinot.zk.server", zkAddr);
    b.put("pinot.broker.hostname", HOST);
    b.put("pinot.broker.client.queryPort", BROKER);
    http(b, "pinot.broker.client", BROKER);
    b.put("pinot.broker.delayShutdownTimeMs", 0);
    b.put("pinot.multistage.engine.enabled", false);
    HelixBrokerStarter broker = new HelixBrokerStarter();
    broker.init(new PinotConfiguration(b));
    broker.start();

    System.out.println("READY");
    Thread.currentThread().join();
  }

  static void endWithParent() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException gone) {
      // as good as its end
    }
    Runtime.getRuntime().halt(0);
  }
}
