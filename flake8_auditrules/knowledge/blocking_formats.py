"""What blocks: libraries of file formats, of devices, and of services that the other tables leave out."""

from __future__ import annotations

from flake8_auditrules.knowledge.effects import Effect, Library

_TO_THREAD = "use `await asyncio.to_thread(...)`"
_EXCHANGES = (
    "ascendex binance binancecoinm binanceus binanceusdm bitfinex bitget bitmart bitmex bitstamp bybit "
    "coinbase "
    "coinex cryptocom deribit gate gateio gemini htx huobi hyperliquid kraken krakenfutures kucoin "
    "kucoinfutures "
    "mexc okx phemex upbit"
)
_TRADING = (
    "cancel_all_orders cancel_order create_limit_buy_order create_limit_order create_limit_sell_order "
    "create_market_buy_order create_market_order create_market_sell_order create_order edit_order "
    "fetch_balance "
    "fetch_bids_asks fetch_closed_orders fetch_currencies fetch_deposit_address fetch_funding_rate "
    "fetch_funding_rate_history fetch_funding_rates fetch_l2_order_book fetch_markets fetch_my_trades "
    "fetch_ohlcv "
    "fetch_open_interest fetch_open_orders fetch_order fetch_order_book fetch_orders fetch_position "
    "fetch_positions fetch_status fetch_ticker fetch_tickers fetch_time fetch_trades load_markets set_leverage "
    "set_margin_mode transfer withdraw"
)
_OBJECTS = "copy_object delete_object delete_objects get_object head_object list_objects put_object upload_file"

FORMATS: tuple[Library, ...] = (
    Library(
        "XML",
        Effect.FILE,
        _TO_THREAD,
        "xml.etree.ElementTree.parse xml.etree.ElementTree.iterparse xml.dom.minidom.parse "
        "defusedxml.ElementTree.parse defusedxml.minidom.parse lxml.etree.parse lxml.html.parse",
        {
            "xml.etree.ElementTree.ElementTree": "parse write",
            "lxml.etree.ElementTree": "parse write",
        },
    ),
    Library(
        "settings in files",
        Effect.FILE,
        _TO_THREAD,
        "dotenv.set_key dotenv.unset_key frontmatter.dump frontmatter.load",
        {
            "configparser.ConfigParser": "read",
            "configparser.RawConfigParser": "read",
            "tomlkit.toml_file.TOMLFile": "read write",
        },
    ),
    Library(
        "tables and arrays in files",
        Effect.FILE,
        _TO_THREAD,
        "h5py.File imageio.imread imageio.imwrite imageio.mimread imageio.mimsave imageio.v2.imread "
        "imageio.v2.imwrite imageio.v2.mimsave imageio.v3.imread imageio.v3.imwrite matplotlib.pyplot.savefig "
        "netCDF4.Dataset numpy.fromfile numpy.savetxt numpy.savez_compressed pandas.read_fwf pandas.read_orc "
        "pandas.read_sas pandas.read_spss pandas.read_stata pandas.read_table pandas.read_xml polars.read_avro "
        "polars.read_delta polars.read_ndjson polars.read_ods pyarrow.csv.write_csv "
        "pyarrow.feather.read_feather "
        "pyarrow.feather.read_table pyarrow.feather.write_feather pyarrow.json.read_json "
        "pyarrow.orc.read_table "
        "pyarrow.orc.write_table pyarrow.parquet.read_metadata pyarrow.parquet.read_schema "
        "pyarrow.parquet.write_table pyarrow.parquet.write_to_dataset skimage.io.imread skimage.io.imsave "
        "xlrd.open_workbook xarray.open_mfdataset",
        {
            "pandas.DataFrame": "to_orc to_stata",
            "polars.DataFrame": "write_avro write_delta write_excel write_ipc write_parquet",
            "polars.LazyFrame": "sink_csv sink_ipc sink_ndjson sink_parquet",
        },
    ),
    Library(
        "models in files",
        Effect.FILE,
        _TO_THREAD,
        "faiss.read_index faiss.write_index fasttext.load_model gensim.models.Doc2Vec.load "
        "gensim.models.KeyedVectors.load gensim.models.KeyedVectors.load_word2vec_format "
        "gensim.models.Word2Vec.load langchain_community.vectorstores.FAISS.load_local "
        "onnxruntime.InferenceSession "
        "safetensors.safe_open safetensors.torch.load_file safetensors.torch.load_model "
        "safetensors.torch.save_file "
        "safetensors.torch.save_model tensorflow.keras.models.load_model tensorflow.saved_model.load "
        "torch.jit.load torch.jit.save torchaudio.load torchaudio.save torchvision.io.read_image "
        "torchvision.utils.save_image",
        {"langchain_community.vectorstores.FAISS": "save_local"},
    ),
    Library(
        "archives, books and caches in files",
        Effect.FILE,
        _TO_THREAD,
        "ebooklib.epub.read_epub ebooklib.epub.write_epub jsonlines.open pymupdf4llm.to_markdown textract.process",
        {
            "diskcache.Cache": "add clear cull decr delete evict expire get incr pop set touch",
            "diskcache.FanoutCache": "add clear cull decr delete evict expire get incr pop set touch",
            "py7zr.SevenZipFile": "extract extractall write writeall",
            "rarfile.RarFile": "extract extractall",
        },
    ),
    Library(
        "converters of documents",
        Effect.PROCESS,
        _TO_THREAD,
        "ansible_runner.run pypandoc.convert_file pypandoc.convert_text tabula.convert_into tabula.read_pdf",
    ),
    Library(
        "pipes of a process",
        Effect.PROCESS,
        "use `asyncio.create_subprocess_exec`",
        methods={
            f"subprocess.Popen.{stream}": "read readline readlines __iter__" for stream in ("stdout", "stderr")
        },
    ),
    Library(
        "devices",
        Effect.WAIT,
        _TO_THREAD,
        "playsound.playsound sounddevice.wait",
        {
            "can.Bus": "recv",
            "can.interface.Bus": "recv",
            "minimalmodbus.Instrument": "read_bit read_bits read_float read_long read_register read_registers "
            "read_string write_bit write_bits write_float write_long write_register write_registers",
            "pyaudio.Stream": "read write",
            "pyttsx3.engine.Engine": "runAndWait",
            "pyvisa.ResourceManager": "list_resources open_resource",
            "snap7.client.Client": "ab_read ab_write connect db_get db_read db_write get_cpu_info read_area "
            "write_area",
        },
    ),
    Library(
        "results of others",
        Effect.WAIT,
        "await the result instead",
        "grpc.channel_ready_future().result multiprocessing.Pool.imap().__iter__ "
        "multiprocessing.Pool.imap_unordered().__iter__ ray.get ray.wait",
    ),
    Library(
        "browsers under control",
        Effect.NETWORK,
        "use `playwright.async_api` or `asyncio.to_thread`",
        "selenium.webdriver.Chrome selenium.webdriver.Edge selenium.webdriver.Firefox "
        "selenium.webdriver.Remote "
        "selenium.webdriver.Safari undetected_chromedriver.Chrome",
    ),
    Library(
        "logins of Google",
        Effect.NETWORK,
        _TO_THREAD,
        methods={
            "google_auth_oauthlib.flow.Flow": "fetch_token",
            "google_auth_oauthlib.flow.InstalledAppFlow": "fetch_token run_local_server",
        },
    ),
    Library(
        "Firebase's database",
        Effect.NETWORK,
        _TO_THREAD,
        " ".join(
            f"firebase_admin.db.reference(){child}.{method}"
            for child in ("", ".child()")
            for method in ("delete", "get", "push", "set", "transaction", "update")
        ),
    ),
    Library(
        "Keycloak",
        Effect.NETWORK,
        "use the method's `a_` twin",
        methods={
            "keycloak.KeycloakOpenID": "certs entitlement exchange_token introspect "
            "load_authorization_config logout "
            "public_key refresh_token token userinfo well_known",
            "keycloak.KeycloakAdmin": "assign_client_role assign_realm_roles create_client "
            "create_group "
            "create_realm create_user delete_client delete_group delete_realm delete_user get_client "
            "get_client_id "
            "get_client_roles get_clients get_group get_groups get_realm get_realm_role get_realm_roles "
            "get_realm_roles_of_user get_user get_user_groups get_user_id get_users group_user_add "
            "group_user_remove send_update_account send_verify_email set_user_password "
            "update_user user_logout users_count",
        },
    ),
    Library(
        "clouds of others",
        Effect.NETWORK,
        _TO_THREAD,
        "cloudinary.api.delete_resources cloudinary.api.resource cloudinary.api.resources "
        "cloudinary.uploader.destroy "
        "cloudinary.uploader.explicit cloudinary.uploader.rename cloudinary.uploader.upload "
        "cloudinary.uploader.upload_large qiniu.put_data qiniu.put_file qiniu.put_stream smbclient.copyfile "
        "smbclient.listdir smbclient.makedirs smbclient.open_file smbclient.register_session smbclient.remove "
        "smbclient.rename smbclient.scandir smbclient.stat smbclient.walk",
        {
            "oss2.Bucket": "abort_multipart_upload append_object batch_delete_objects "
            "complete_multipart_upload "
            "copy_object delete_object get_object get_object_meta get_object_to_file head_object "
            "init_multipart_upload list_objects list_objects_v2 object_exists put_object put_object_from_file "
            "upload_part",
            "qcloud_cos.CosS3Client": f"{_OBJECTS} abort_multipart_upload complete_multipart_upload "
            "create_multipart_upload download_file object_exists put_object_from_local_file "
            "upload_file_from_buffer "
            "upload_part",
            "qiniu.BucketManager": "batch copy delete fetch list move stat",
            "tos.TosClientV2": f"{_OBJECTS} get_object_to_file put_object_from_file",
            "obs.ObsClient": "copyObject deleteObject deleteObjects getObject getObjectMetadata "
            "headBucket "
            "listObjects putContent putFile putObject uploadFile",
            "b2sdk.v2.B2Api": "authorize_account create_bucket get_bucket_by_name list_buckets",
            "hdfs.InsecureClient": "content delete download list makedirs read rename status upload write",
            "smb.SMBConnection.SMBConnection": "connect deleteFiles getAttributes listPath listShares "
            "retrieveFile "
            "storeFile",
            "webdav3.client.Client": "check clean download_sync list mkdir upload_sync",
        },
        {"cloudflare.Cloudflare": "close copy with_options with_raw_response with_streaming_response"},
    ),
    Library(
        "exchanges",
        Effect.NETWORK,
        "use `ccxt.async_support`",
        methods={f"ccxt.{name}": _TRADING for name in ("Exchange", *_EXCHANGES.split())},
    ),
    Library(
        "markets and news",
        Effect.NETWORK,
        _TO_THREAD,
        "baostock.login baostock.query_history_k_data_plus nasdaqdatalink.get pandas_datareader.DataReader "
        "pandas_datareader.data.DataReader quandl.get",
        {
            "fredapi.Fred": "get_series get_series_info search",
            "newsapi.NewsApiClient": "get_everything get_sources get_top_headlines",
        },
        {
            "alpaca_trade_api.REST": "",
            "binance.Client": "close_connection response session",
            "binance.client.Client": "close_connection response session",
            "finnhub.Client": "close",
        },
    ),
    Library(
        "mail and pushes of others",
        Effect.NETWORK,
        _TO_THREAD,
        methods={
            "brevo_python.TransactionalEmailsApi": "send_transac_email",
            "exponent_server_sdk.PushClient": "check_receipts check_receipts_multiple publish publish_multiple",
            "facebook.GraphAPI": "get_all_connections get_connections get_object get_objects put_comment "
            "put_object "
            "put_photo request search",
            "instagrapi.Client": "clip_upload direct_send login media_comment media_info photo_upload "
            "user_info "
            "user_info_by_username user_medias video_upload",
            "mixpanel.Mixpanel": "alias import_data people_append people_increment people_set "
            "people_set_once track",
            "plivo.RestClient.messages": "create get list",
            "pyfcm.FCMNotification": "notify notify_multiple_devices notify_single_device "
            "notify_topic_subscribers",
            "redmail.EmailSender": "connect send",
            "sib_api_v3_sdk.TransactionalEmailsApi": "send_transac_email",
            "vk_api.VkApi": "auth method",
        },
    ),
    Library(
        "lookups",
        Effect.NETWORK,
        _TO_THREAD,
        "geocoder.arcgis geocoder.google geocoder.ip geocoder.osm osmnx.graph_from_address "
        "osmnx.graph_from_place "
        "osmnx.graph_from_point pychromecast.get_chromecasts soco.discover",
        {
            "SPARQLWrapper.SPARQLWrapper": "query queryAndConvert",
            "cdsapi.Client": "retrieve",
            "ipwhois.IPWhois": "lookup_rdap lookup_whois",
            "ntplib.NTPClient": "request",
            "serpapi.Client": "search search_archive",
            "shodan.Shodan": "count host scan search",
            "speech_recognition.Recognizer": "recognize_azure recognize_bing recognize_google "
            "recognize_google_cloud "
            "recognize_houndify recognize_ibm recognize_wit",
            "translate.Translator": "translate",
            "ytmusicapi.YTMusic": "get_album get_artist get_library_playlists get_lyrics get_playlist get_song "
            "get_watch_playlist search",
        },
    ),
    Library(
        "actors and jobs of others",
        Effect.NETWORK,
        "use its asynchronous client or `asyncio.to_thread`",
        "gradio_client.Client rpyc.connect splunklib.client.connect",
        {
            "apify_client.ApifyClient.actor()": "call get last_run start",
            "apify_client.ApifyClient.dataset()": "get list_items push_items",
            "apify_client.ApifyClient.key_value_store()": "delete_record get_record list_keys set_record",
            "apify_client.ApifyClient.run()": "abort get wait_for_finish",
            "gradio_client.Client": "predict view_api",
            "langsmith.Client": "create_dataset create_example create_examples has_dataset list_datasets "
            "list_examples list_projects list_runs pull_prompt push_prompt read_dataset read_example "
            "read_project "
            "read_run",
            "modal.Function": "remote",
            "nacos.NacosClient": "add_naming_instance get_config list_naming_instance modify_naming_instance "
            "publish_config remove_config remove_naming_instance send_heartbeat",
            "pulsar.Client": "create_reader get_topic_partitions",
            "runpod.Endpoint": "health run run_sync",
        },
        {"jenkins.Jenkins": "", "mlflow.MlflowClient": "", "mlflow.tracking.MlflowClient": ""},
    ),
    Library(
        "databases of others",
        Effect.DATABASE,
        _TO_THREAD,
        "couchbase.cluster.Cluster.connect fdb.connect firebirdsql.connect hdbcli.dbapi.connect ibm_db.connect "
        "ibm_db.exec_immediate ibm_db.execute ibm_db_dbi.connect impala.dbapi.connect jaydebeapi.connect "
        "psycopg2cffi.connect pyhive.hive.connect teradatasql.connect",
        {
            "etcd3.Etcd3Client": "delete delete_prefix get get_all get_prefix lease put put_if_not_exists replace",
        },
    ),
)
