package io.github.camelvoice.voice;

import javax.sql.DataSource;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.HealthCheckComponent;

/** Options of what is kept of calls: whether, where, and for how long. They make no sense per endpoint. */
public abstract class VoiceArchiveOptions extends HealthCheckComponent {

    @Metadata(label = "archive", defaultValue = "true", description = "Whether calls and their SIP messages are written down. "
            + "Without it, voice:sipinfo has what is in the database from before.")
    private boolean capture = true;
    @Metadata(label = "archive", defaultValue = "memory", enums = "memory,h2,jdbc",
            description = "Where calls and their messages are kept: in memory, bounded and gone with the process; in a database of our own in "
            + "dataDir; or in the database behind dataSource (PostgreSQL or H2).")
    private String store = "memory";
    @Metadata(label = "archive", description = "Folder of the log that makes calls survive a crash, and of the database of store=h2. Needed "
            + "for store=h2 and store=jdbc; one process at a time.")
    private String dataDir;
    @Metadata(label = "archive", description = "The database of store=jdbc. Without it, the only DataSource of the registry is taken. Tables are "
            + "made and brought up to date by us.")
    private DataSource dataSource;
    @Metadata(label = "archive", defaultValue = "30d", javaType = "java.time.Duration",
            description = "How long calls are kept, counted from their beginning; 1 minute or more.")
    private long retention = 30L * 24 * 3_600 * 1_000;
    @Metadata(label = "archive", defaultValue = "1000", description = "Statuses that are kept of each SIP account of ours: 1 to 100000. Older ones go, "
            + "and those older than retention.")
    private int sessionHistory = 1_000;
    @Metadata(label = "archive,security", secret = true, description = "Key that passwords of SIP accounts of ours are sealed with where they are kept "
            + "(AES-256-GCM): 32 random bytes in base64. Without it, the file secret-key in dataDir has one; it is made at the first start. What was sealed "
            + "with another key cannot be read: those accounts are to be registered anew.")
    private String passwordKey;
    @Metadata(label = "archive", defaultValue = "default", description = "Name of the project that the calls belong to: 1 to 63 letters, digits, "
            + "dots, hyphens or underscores.")
    private String project = "default";
    @Metadata(label = "archive", description = "Account of the calls that nobody else has placed: AccountSid of what applications are asked and told. "
            + "Without it, the project.")
    private String account;

    @Metadata(label = "cluster", autowired = true, description = "Cluster service of Camel by which nodes that share the database of store=jdbc divide "
            + "the subscriptions between them: each is watched by one node, and taken over when that is gone. Without it, the one of the CamelContext is "
            + "taken if there is one; where there is none, a node watches those that it has made.")
    private CamelClusterService clusterService;
    @Metadata(label = "cluster", defaultValue = "8", description = "Into how many parts the subscriptions are divided between nodes, 1 to 64: each is one "
            + "leadership of the cluster service. At least as many as there are nodes, and the same on all of them.")
    private int subscribePartitions = 8;

    public boolean isCapture() {
        return capture;
    }

    public void setCapture(boolean value) {
        capture = value;
    }

    public String getStore() {
        return store;
    }

    public void setStore(String value) {
        store = value;
    }

    public String getDataDir() {
        return dataDir;
    }

    public void setDataDir(String value) {
        dataDir = value;
    }

    public DataSource getDataSource() {
        return dataSource;
    }

    public void setDataSource(DataSource value) {
        dataSource = value;
    }

    public long getRetention() {
        return retention;
    }

    public void setRetention(long value) {
        retention = value;
    }

    public int getSessionHistory() {
        return sessionHistory;
    }

    public void setSessionHistory(int value) {
        sessionHistory = value;
    }

    public String getPasswordKey() {
        return passwordKey;
    }

    public void setPasswordKey(String value) {
        passwordKey = value;
    }

    public CamelClusterService getClusterService() {
        return clusterService;
    }

    public void setClusterService(CamelClusterService value) {
        clusterService = value;
    }

    public int getSubscribePartitions() {
        return subscribePartitions;
    }

    public void setSubscribePartitions(int value) {
        subscribePartitions = value;
    }

    public String getProject() {
        return project;
    }

    public void setProject(String value) {
        project = value;
    }

    public String getAccount() {
        return account;
    }

    public void setAccount(String value) {
        account = value;
    }
}
